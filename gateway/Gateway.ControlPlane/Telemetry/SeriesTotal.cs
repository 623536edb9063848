namespace Gateway.ControlPlane.Telemetry;

/// <summary>What one series of one site came to.</summary>
/// <param name="Family">Its name in Prometheus.</param>
/// <param name="Labels">As Prometheus writes them, without braces.</param>
internal sealed record SeriesTotal(string Family, string Labels, bool IsHistogram)
{
    public long Count { get; private set; }

    public double Sum { get; private set; }

    public long[] Buckets { get; private set; } = [];

    public double[] Bounds { get; private set; } = [];

    public DateTimeOffset ChangedAt { get; private set; }

    public SeriesTotal Copy() => this with { };

    public void Add(Gain gain, IReadOnlyList<double> bounds, DateTimeOffset now)
    {
        Count += gain.Count;
        Sum += gain.Sum;
        ChangedAt = now;
        if (!IsHistogram || gain.Buckets.Length == 0)
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
