using System.Globalization;
using StackExchange.Redis;

namespace Gateway.Plugins.Redis;

/// <summary>One limit for <see cref="RedisCounters"/>.</summary>
internal sealed class CounterWindow
{
    /// <summary>A calendar month and year in UTC, rather than so many seconds.</summary>
    public const int CalendarMonth = -1;

    /// <inheritdoc cref="CalendarMonth"/>
    public const int CalendarYear = -2;

    private const int DaySeconds = 86400;
    private const int LongestMonth = 31 * DaySeconds;
    private const int LongestYear = 366 * DaySeconds;

    /// <param name="size">Seconds, or a calendar's period.</param>
    /// <param name="slides">Whether the window before counts too, by the share of it that a window of this size ending now still covers.</param>
    public CounterWindow(double size, double limit, bool slides)
    {
        Size = size;
        Limit = limit;
        SizeText = size.ToString("R", CultureInfo.InvariantCulture);
        LimitText = limit.ToString("R", CultureInfo.InvariantCulture);
        Slides = slides;
        Lifetime = size switch
        {
            CalendarMonth => LongestMonth,
            CalendarYear => LongestYear,
            _ => (long)Math.Ceiling(slides ? size * 2 : size),
        };
    }

    public double Size { get; }

    public double Limit { get; }

    public RedisValue SizeText { get; }

    public RedisValue LimitText { get; }

    public bool Slides { get; }

    /// <summary>Seconds after which what was counted matters no more.</summary>
    public long Lifetime { get; }
}
