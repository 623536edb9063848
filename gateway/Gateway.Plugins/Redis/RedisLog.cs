using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(3601, LogLevel.Warning, "Redis at {Address} is away")]
    public static partial void Away(ILogger logger, string address, Exception failure);

    [LoggerMessage(3602, LogLevel.Information, "Redis at {Address} is back; {Failures} calls could not be served since the start")]
    public static partial void Back(ILogger logger, string address, long failures);

    [LoggerMessage(3603, LogLevel.Warning, "The connection to Redis at {Address} did not close cleanly")]
    public static partial void CloseFailed(ILogger logger, string address, Exception failure);

    [LoggerMessage(3604, LogLevel.Error, "No IAM token for the ElastiCache cache {Cache}: credentials or region are missing; trying again")]
    public static partial void TokenFailed(ILogger logger, string cache, Exception failure);

    [LoggerMessage(3605, LogLevel.Warning, "ElastiCache at {Server} did not take a new IAM token; the connection lives on until it ends by itself")]
    public static partial void ReauthenticationFailed(ILogger logger, string server, Exception failure);
}
