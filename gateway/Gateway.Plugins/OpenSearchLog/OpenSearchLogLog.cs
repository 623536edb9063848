using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenSearchLog;

internal static partial class OpenSearchLogLog
{
    [LoggerMessage(4131, LogLevel.Error, "opensearch-log: a record of {Bytes} bytes is longer than a request may be, and is dropped")]
    public static partial void TooLarge(ILogger logger, int bytes);

    [LoggerMessage(4132, LogLevel.Error, "opensearch-log: {Records} records were refused for good and are dropped: {Reason}")]
    public static partial void Refused(ILogger logger, int records, string reason);

    [LoggerMessage(4133, LogLevel.Error, "opensearch-log: the buffer {Folder} cannot be used: {Problem}")]
    public static partial void BufferFailed(ILogger logger, string folder, string problem);

    [LoggerMessage(4134, LogLevel.Error, "opensearch-log: the segment {Segment} of the buffer is damaged, and its {Records} records are dropped")]
    public static partial void SegmentDamaged(ILogger logger, string segment, int records);

    [LoggerMessage(4135, LogLevel.Warning, "opensearch-log: the buffer {Folder} is full, its oldest {Records} records are dropped")]
    public static partial void BufferFull(ILogger logger, string folder, int records);

    [LoggerMessage(4136, LogLevel.Warning, "opensearch-log: records wait in the buffer {Folder}: {Problem}")]
    public static partial void BufferWaits(ILogger logger, string folder, string problem);
}
