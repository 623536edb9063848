using System.Globalization;
using Gateway.Model.Plugins.RateLimiting;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimiting;

/// <summary>One configured limit, with the headers that tell clients about it.</summary>
internal sealed record Limit(Period Period, double Value)
{
    public string LimitHeader { get; } = $"X-RateLimit-Limit-{Period}";

    public string RemainingHeader { get; } = $"X-RateLimit-Remaining-{Period}";

    public string Text { get; } = Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>From the shortest period to the longest.</summary>
    public static Limit[] AllOf(RateLimitingConfig config)
    {
        double?[] values = [config.Second, config.Minute, config.Hour, config.Day, config.Month, config.Year];
        var limits = new List<Limit>(values.Length);
        for (var period = 0; period < values.Length; period++)
        {
            if (values[period] is { } value)
            {
                limits.Add(new Limit((Period)period, value));
            }
        }

        return [.. limits];
    }

    /// <summary>For the counters that data planes share.</summary>
    public CounterWindow ToWindow()
    {
        var size = Period switch
        {
            Period.Month => CounterWindow.CalendarMonth,
            Period.Year => CounterWindow.CalendarYear,
            _ => Window.LengthOf(Period),
        };
        return new CounterWindow(size, Value, slides: false);
    }
}
