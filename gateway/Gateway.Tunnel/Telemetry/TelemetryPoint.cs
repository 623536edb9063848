namespace Gateway.Tunnel.Telemetry;

/// <summary>One cumulative counter or histogram as one instance reported it.</summary>
/// <param name="Site">From the certificate.</param>
/// <param name="Instance">From the resource attribute <c>service.instance.id</c>.</param>
/// <param name="StartTime">When the counter began at zero: a new value means a restart.</param>
/// <param name="Time">When the value was read; its minute is the series' minute.</param>
/// <param name="Metric">Such as <c>gateway.requests</c>.</param>
/// <param name="Attributes">Ordered by name, such as <c>route</c>, <c>service</c>, <c>status</c>.</param>
/// <param name="Count">A counter's value, or a histogram's number of observations.</param>
/// <param name="Sum">A histogram's sum, in the metric's unit; 0 for a counter.</param>
/// <param name="Buckets">A histogram's cumulative-in-time counts per bucket (not cumulative over bounds); empty for a counter.</param>
/// <param name="Bounds">The buckets' upper bounds; one fewer than <paramref name="Buckets"/>.</param>
public sealed record TelemetryPoint(
    string Site,
    Guid Instance,
    DateTimeOffset StartTime,
    DateTimeOffset Time,
    string Metric,
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    long Count,
    double Sum,
    IReadOnlyList<long> Buckets,
    IReadOnlyList<double> Bounds)
{
    /// <summary>As in UCUM, such as <c>ms</c> and <c>By</c>; empty where the exporter names none.</summary>
    public string Unit { get; init; } = "";
}
