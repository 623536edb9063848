namespace Gateway.DataPlane.Telemetry;

/// <summary>A histogram of durations. Lock-free; each observation is one increment and one addition.</summary>
internal sealed class LatencyHistogram
{
    /// <summary>Upper bounds in milliseconds.</summary>
    public static readonly IReadOnlyList<double> Bounds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000];

    private static readonly long[] TickBounds = [.. Bounds.Select(bound => (long)(bound * TimeSpan.TicksPerMillisecond))];

    private readonly long[] _buckets = new long[TickBounds.Length + 1];
    private long _sumTicks;

    public void Observe(TimeSpan duration)
    {
        var ticks = duration.Ticks;
        var bucket = 0;
        while (bucket < TickBounds.Length && ticks > TickBounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _sumTicks, ticks);
    }

    /// <summary>The buckets now; their sum is the number of observations.</summary>
    public long[] Read(out double sumMilliseconds)
    {
        sumMilliseconds = Interlocked.Read(ref _sumTicks) / (double)TimeSpan.TicksPerMillisecond;
        var buckets = new long[_buckets.Length];
        for (var i = 0; i < buckets.Length; i++)
        {
            buckets[i] = Interlocked.Read(ref _buckets[i]);
        }

        return buckets;
    }
}
