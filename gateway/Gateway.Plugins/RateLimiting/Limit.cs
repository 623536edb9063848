using System.Globalization;

namespace Gateway.Plugins.RateLimiting;

/// <summary>One configured limit, with the headers that tell clients about it.</summary>
internal sealed record Limit(Period Period, double Value)
{
    public string LimitHeader { get; } = $"X-RateLimit-Limit-{Period}";

    public string RemainingHeader { get; } = $"X-RateLimit-Remaining-{Period}";

    public string Text { get; } = Value.ToString(CultureInfo.InvariantCulture);
}
