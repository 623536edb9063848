namespace Gateway.Tunnel.Telemetry.Ingest;

/// <param name="Rejected">Data points that were not understood.</param>
/// <param name="Problem">Why, for the first of each kind; empty where none was rejected.</param>
internal sealed record ConvertedMetrics(IReadOnlyList<TelemetryPoint> Points, long Rejected, string Problem);
