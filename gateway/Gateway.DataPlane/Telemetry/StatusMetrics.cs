namespace Gateway.DataPlane.Telemetry;

/// <summary>What was counted for one service, route and status.</summary>
internal sealed class StatusMetrics
{
    public Counter Requests { get; } = new();

    public Counter RequestBytes { get; } = new();

    public Counter ResponseBytes { get; } = new();

    public LatencyHistogram RequestLatency { get; } = new();

    public LatencyHistogram UpstreamLatency { get; } = new();

    public LatencyHistogram ProxyLatency { get; } = new();
}
