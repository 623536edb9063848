namespace Gateway.Tunnel.Telemetry;

/// <summary>One cumulative value at a data plane. Members as in <see cref="TelemetryPoint"/>.</summary>
public sealed record MetricPoint(
    string Metric,
    string Unit,
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    long Count,
    double Sum,
    IReadOnlyList<long> Buckets,
    IReadOnlyList<double> Bounds);
