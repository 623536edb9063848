using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Cache;

internal static partial class CacheLog
{
    [LoggerMessage(3401, LogLevel.Error, "Cache file {Path} is refused: {Problem}", EventName = "CacheFileRefused")]
    public static partial void Refused(ILogger logger, string path, string problem);

    [LoggerMessage(3402, LogLevel.Warning, "Cache file {Path} ends within a record, as after a power failure: its {Count} whole records are used", EventName = "CacheLogTorn")]
    public static partial void Torn(ILogger logger, string path, int count);

    [LoggerMessage(3403, LogLevel.Error, "{Starts} starts in a row did not last: the configuration before the newest is taken from the cache", EventName = "CrashLoop")]
    public static partial void CrashLoop(ILogger logger, int starts);

    [LoggerMessage(3404, LogLevel.Warning, "Starts cannot be noted in the cache: {Problem}", EventName = "StartsNotNoted")]
    public static partial void StartsNotNoted(ILogger logger, string problem);

    [LoggerMessage(3405, LogLevel.Information, "Configuration of generation {Generation}, {Records} deltas, has served for a while and is good", EventName = "GenerationGood")]
    public static partial void Good(ILogger logger, ulong generation, int records);
}
