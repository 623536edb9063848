namespace Gateway.Model.Plugins.Prometheus;

/// <summary>Kong's <c>prometheus</c>: which metrics of requests <c>/metrics</c> on the status listener shows.</summary>
public sealed record PrometheusConfig
{
    /// <summary>Whether requests and bytes are counted for each consumer.</summary>
    public bool PerConsumer { get; init; }

    /// <summary><c>kong_http_requests_total</c>.</summary>
    public bool StatusCodeMetrics { get; init; }

    /// <summary><c>kong_kong_latency_ms</c>, <c>kong_upstream_latency_ms</c>, <c>kong_request_latency_ms</c>.</summary>
    public bool LatencyMetrics { get; init; }

    /// <summary><c>kong_bandwidth_bytes</c>.</summary>
    public bool BandwidthMetrics { get; init; }

    /// <summary><c>kong_upstream_target_health</c>.</summary>
    public bool UpstreamHealthMetrics { get; init; }
}
