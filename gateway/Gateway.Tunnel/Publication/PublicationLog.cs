using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication;

internal static partial class PublicationLog
{
    [LoggerMessage(3101, LogLevel.Information, "Channel {Channel} publishes revision {Revision}, hash {Hash}", EventName = "Released")]
    public static partial void Released(ILogger logger, string channel, long revision, string hash);

    [LoggerMessage(3102, LogLevel.Warning, "The store cannot be read; what was read last stays published. Next attempt in {Retry}", EventName = "StoreNotRead")]
    public static partial void StoreNotRead(ILogger logger, TimeSpan retry, Exception error);

    [LoggerMessage(3103, LogLevel.Warning, "The store cannot be watched. Next attempt in {Retry}", EventName = "StoreNotWatched")]
    public static partial void StoreNotWatched(ILogger logger, TimeSpan retry, Exception error);

    [LoggerMessage(3104, LogLevel.Information, "Data plane {Instance} of site {Site} connected from {Address}: {Hostname}, version {Version}, revision {Revision}", EventName = "InstanceConnected")]
    public static partial void Connected(ILogger logger, Guid instance, string site, string address, string hostname, string version, long revision);

    [LoggerMessage(3105, LogLevel.Information, "Data plane {Instance} of site {Site} disconnected: {Cause}", EventName = "InstanceDisconnected")]
    public static partial void Disconnected(ILogger logger, Guid instance, string site, string cause);

    [LoggerMessage(3106, LogLevel.Information, "Data plane {Instance} of site {Site} applied revision {Revision}", EventName = "RevisionAcknowledged")]
    public static partial void Acknowledged(ILogger logger, Guid instance, string site, long revision);

    [LoggerMessage(3107, LogLevel.Warning, "Data plane {Instance} of site {Site} refused revision {Revision}: {Problem}", EventName = "RevisionRefused")]
    public static partial void Refused(ILogger logger, Guid instance, string site, long revision, string problem);

    [LoggerMessage(3108, LogLevel.Warning, "Tunnel stream of site {Site} from {Address} refused: {Problem}", EventName = "StreamRefused")]
    public static partial void StreamRefused(ILogger logger, string site, string address, string problem);

    [LoggerMessage(3109, LogLevel.Warning, "Sites cannot be read; live streams stay as they are", EventName = "SitesNotRead")]
    public static partial void SitesNotRead(ILogger logger, Exception error);
}
