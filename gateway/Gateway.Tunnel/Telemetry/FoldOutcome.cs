namespace Gateway.Tunnel.Telemetry;

/// <summary>What came of points that were understood.</summary>
/// <param name="Overflowed">Counted, but in their metric's series <c>otel.metric.overflow</c>: the site has as many series as it may have.</param>
/// <param name="Refused">Neither counted nor remembered: the site has as many streams as it may have.</param>
public sealed record FoldOutcome(int Overflowed, int Refused)
{
    public static FoldOutcome Nothing { get; } = new(0, 0);
}
