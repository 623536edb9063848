namespace Gateway.ControlPlane.Store.Schema;

/// <summary>What one series of one site gained in one minute.</summary>
internal sealed class RequestMinuteRow
{
    public required string Site { get; set; }

    /// <summary>Start of the minute, Unix time in whole seconds.</summary>
    public long Minute { get; set; }
    public required string Metric { get; set; }
    public required string AttributesHash { get; set; }

    /// <summary>JSON object, names in ordinal order.</summary>
    public required string Attributes { get; set; }

    /// <summary>Copied out of <see cref="Attributes"/>, so that the database can filter and group by it.</summary>
    public string? Service { get; set; }

    /// <inheritdoc cref="Service"/>
    public string? Route { get; set; }

    /// <inheritdoc cref="Service"/>
    public string? Status { get; set; }
    public long Count { get; set; }
    public double Sum { get; set; }
    public long[] Buckets { get; set; } = [];
    public double[] Bounds { get; set; } = [];

    public void Add(Telemetry.Gain gain, IReadOnlyList<double> bounds)
    {
        Count += gain.Count;
        Sum += gain.Sum;
        if (gain.Buckets.Length == 0)
        {
            return;
        }

        if (Buckets.Length == 0)
        {
            Bounds = [.. bounds];
        }

        Buckets = gain.AddTo(Buckets, Bounds, bounds);
    }
}
