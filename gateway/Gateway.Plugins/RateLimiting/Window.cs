namespace Gateway.Plugins.RateLimiting;

/// <summary>The arithmetic of periods.</summary>
internal static class Window
{
    public const int PeriodCount = 6;
    private const int MonthsPerYear = 12;

    private static readonly int[] Seconds = [1, 60, 3600, 86400, 2592000, 31536000];

    /// <summary>A number that two moments share where they lie in the same window.</summary>
    public static uint NumberOf(Period period, DateTimeOffset now) => period switch
    {
        Period.Month => (uint)((now.Year * MonthsPerYear) + now.Month),
        Period.Year => (uint)now.Year,
        _ => (uint)(now.ToUnixTimeSeconds() / Seconds[(int)period]),
    };

    /// <summary>How long a period is to Kong: a month has 30 days, a year 365.</summary>
    public static int LengthOf(Period period) => Seconds[(int)period];

    /// <summary>Seconds until the window is over, by Kong's lengths; at least 1.</summary>
    public static int SecondsLeft(Period period, DateTimeOffset now)
    {
        var start = period switch
        {
            Period.Month => new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            Period.Year => new DateTimeOffset(now.Year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            _ => now.ToUnixTimeSeconds() / Seconds[(int)period] * Seconds[(int)period],
        };
        return Math.Max(1, Seconds[(int)period] - (int)(now.ToUnixTimeSeconds() - start));
    }
}
