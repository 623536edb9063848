namespace Gateway.Plugins.Prometheus;

/// <summary>A histogram of milliseconds.</summary>
internal sealed class Distribution(IReadOnlyList<double> bounds)
{
    private readonly long[] _buckets = new long[bounds.Count + 1];
    private long _microseconds;

    public IReadOnlyList<double> Bounds { get; } = bounds;

    public IReadOnlyList<long> Buckets => Array.ConvertAll(_buckets, static bucket => bucket);

    public double Sum => Interlocked.Read(ref _microseconds) / 1000.0;

    public void Observe(TimeSpan duration)
    {
        var milliseconds = duration.TotalMilliseconds;
        var bucket = 0;
        while (bucket < Bounds.Count && milliseconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _microseconds, (long)(milliseconds * 1000));
    }
}
