namespace Gateway.Tunnel.Telemetry.Ingest;

/// <param name="Rejections">Data points that are not kept, by why.</param>
/// <param name="Problem">The same in words, for the first of each kind; empty where none was rejected.</param>
internal sealed record ConvertedMetrics(IReadOnlyList<TelemetryPoint> Points, IReadOnlyDictionary<RejectionReason, long> Rejections, string Problem)
{
    public long Rejected => Rejections.Values.Sum();
}
