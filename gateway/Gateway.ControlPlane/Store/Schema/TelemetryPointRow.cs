namespace Gateway.ControlPlane.Store.Schema;

/// <summary>The last value seen of one cumulative stream.</summary>
internal sealed class TelemetryPointRow
{
    public required string Site { get; set; }
    public Guid Instance { get; set; }
    public required string Metric { get; set; }
    public required string AttributesHash { get; set; }

    /// <summary>When the stream began at zero; Unix time in 100-nanosecond ticks since 1970.</summary>
    public long StartTime { get; set; }

    /// <inheritdoc cref="StartTime"/>
    public long Time { get; set; }
    public long Count { get; set; }
    public double Sum { get; set; }
    public long[] Buckets { get; set; } = [];
}
