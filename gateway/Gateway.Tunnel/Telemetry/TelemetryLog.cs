using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Telemetry;

internal static partial class TelemetryLog
{
    [LoggerMessage(3301, LogLevel.Warning, "Telemetry cannot be exported to {Address}: {Problem}. Counters go on and are exported later", EventName = "ExportFailed")]
    public static partial void ExportFailed(ILogger logger, string address, string problem);

    [LoggerMessage(3302, LogLevel.Information, "Telemetry is exported to {Address}", EventName = "ExportWorks")]
    public static partial void ExportWorks(ILogger logger, string address);

    [LoggerMessage(3303, LogLevel.Warning, "The control plane did not take {Count} data points: {Problem}", EventName = "PointsRejected")]
    public static partial void PointsRejected(ILogger logger, long count, string problem);

    [LoggerMessage(3304, LogLevel.Warning, "The last export before the stop did not succeed within {Timeout}: counts of the last interval are lost", EventName = "FlushFailed")]
    public static partial void FlushFailed(ILogger logger, TimeSpan timeout);

    [LoggerMessage(3305, LogLevel.Warning, "Telemetry of site {Site} cannot be stored, its sender will repeat it", EventName = "NotStored")]
    public static partial void NotStored(ILogger logger, string site, Exception error);

    [LoggerMessage(3306, LogLevel.Warning, "{Count} data points of site {Site} are not kept: {Problem}", EventName = "PointsNotKept")]
    public static partial void PointsNotKept(ILogger logger, long count, string site, string problem);

    [LoggerMessage(3307, LogLevel.Warning, "{Address} says about telemetry that it took: {Problem}", EventName = "ExportWarning")]
    public static partial void ExportWarning(ILogger logger, string address, string problem);
}
