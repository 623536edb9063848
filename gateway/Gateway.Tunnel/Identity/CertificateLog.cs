using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Identity;

internal static partial class CertificateLog
{
    [LoggerMessage(3001, LogLevel.Information, "Certificate files read again: {Identity}, valid until {NotAfter:u}", EventName = "CertificateReloaded")]
    public static partial void Reloaded(ILogger logger, PeerIdentity identity, DateTimeOffset notAfter);

    [LoggerMessage(3002, LogLevel.Warning, "Certificate files changed but cannot be used, the earlier ones stay: {Problem}", EventName = "CertificateNotReloaded")]
    public static partial void NotReloaded(ILogger logger, string problem);

    [LoggerMessage(3003, LogLevel.Warning, "{Path} expired at {NotAfter:u}: tunnels will be refused until it is replaced", EventName = "CertificateExpired")]
    public static partial void Expired(ILogger logger, string path, DateTimeOffset notAfter);

    [LoggerMessage(3004, LogLevel.Information, "{Folder} cannot be watched and is polled: {Problem}", EventName = "CertificateFolderNotWatched")]
    public static partial void NotWatched(ILogger logger, string folder, string problem);

    [LoggerMessage(
        3005, LogLevel.Warning, "Tunnel connection from {Address} refused: {Reason}: {Problem} (and {Unsaid} more since the last such line)", EventName = "PeerRefused")]
    public static partial void PeerRefused(ILogger logger, string address, string reason, string problem, int unsaid);
}
