using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Logging;

internal static partial class LoggingLog
{
    [LoggerMessage(3401, LogLevel.Warning, "{Plugin}: the queue is full, the oldest records are dropped until there is room")]
    public static partial void QueueIsFull(ILogger logger, string plugin);

    [LoggerMessage(3402, LogLevel.Warning, "{Plugin}: a batch of {Records} records could not be sent, next try in {Delay}: {Problem}")]
    public static partial void BatchFailed(ILogger logger, string plugin, int records, TimeSpan delay, string problem);

    [LoggerMessage(3403, LogLevel.Error, "{Plugin}: a batch of {Records} records is dropped: {Problem}")]
    public static partial void BatchDropped(ILogger logger, string plugin, int records, string problem);
}
