using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Subscription;

internal static partial class SubscriptionLog
{
    [LoggerMessage(3201, LogLevel.Information, "Connected to control plane {Address} as site {Site}", EventName = "TunnelConnected")]
    public static partial void Connected(ILogger logger, string address, string site);

    [LoggerMessage(3202, LogLevel.Warning, "No tunnel to control plane {Address}: {Problem}. Next attempt in {Delay}", EventName = "TunnelLost")]
    public static partial void Lost(ILogger logger, string address, string problem, TimeSpan delay);

    [LoggerMessage(3203, LogLevel.Information, "Revision {Revision} applied by {Kind} of {Changes} changes, hash {Hash}", EventName = "RevisionApplied")]
    public static partial void Applied(ILogger logger, long revision, string hash, string kind, int changes);

    [LoggerMessage(3204, LogLevel.Warning, "Revision {Revision} refused, what was applied stays: {Problem}", EventName = "RevisionRefused")]
    public static partial void Refused(ILogger logger, long revision, string problem);

    [LoggerMessage(3205, LogLevel.Error, "Revision {Revision} could not be applied, what was applied stays", EventName = "TargetFailed")]
    public static partial void TargetFailed(ILogger logger, long revision, Exception error);

    [LoggerMessage(3206, LogLevel.Information, "Revision {Revision} applied from the cache, generation {Generation}, hash {Hash}; read in {ReadMilliseconds} ms, applied in {ApplyMilliseconds} ms", EventName = "Restored")]
    public static partial void Restored(ILogger logger, long revision, string hash, ulong generation, long readMilliseconds, long applyMilliseconds);

    [LoggerMessage(3207, LogLevel.Error, "Generation {Generation} of the cache, revision {Revision}, cannot be applied: {Problem}", EventName = "StoredRefused")]
    public static partial void StoredRefused(ILogger logger, ulong generation, long revision, string problem);

    [LoggerMessage(3208, LogLevel.Error, "The configuration is applied but not on disk: {Problem}", EventName = "NotKept")]
    public static partial void NotKept(ILogger logger, string problem);

    [LoggerMessage(3209, LogLevel.Warning, "The control plane says: {Problem}", EventName = "NoticeReceived")]
    public static partial void Notice(ILogger logger, string problem);

    [LoggerMessage(3210, LogLevel.Information, "Reconnecting: {Reason}", EventName = "PlannedReconnect")]
    public static partial void PlannedReconnect(ILogger logger, string reason);

    [LoggerMessage(3211, LogLevel.Error, "The stream to the control plane failed unexpectedly", EventName = "StreamFailed")]
    public static partial void StreamFailed(ILogger logger, Exception error);
}
