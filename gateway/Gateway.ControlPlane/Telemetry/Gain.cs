using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Telemetry;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>What a cumulative stream grew by between two of its points.</summary>
internal sealed record Gain(long Count, double Sum, long[] Buckets)
{
    public bool IsNothing => Count == 0;

    public static Gain Between(TelemetryPointRow last, TelemetryPoint point)
    {
        var buckets = new long[point.Buckets.Count];
        for (var i = 0; i < buckets.Length; i++)
        {
            buckets[i] = point.Buckets[i] - (i < last.Buckets.Length ? last.Buckets[i] : 0);
        }

        return new Gain(point.Count - last.Count, point.Sum - last.Sum, buckets);
    }

    /// <summary>
    /// Adds the gain to a histogram's buckets. Where the bounds differ, as between versions of an exporter, each bucket goes to the first one whose bound
    /// is not lower: what it says, "at most so much", stays true.
    /// </summary>
    /// <returns>A new array: the change tracker compares by reference to what it loaded.</returns>
    public long[] AddTo(long[] buckets, IReadOnlyList<double> bounds, IReadOnlyList<double> gainBounds)
    {
        var sum = new long[bounds.Count + 1];
        Array.Copy(buckets, sum, Math.Min(buckets.Length, sum.Length));
        var target = 0;
        for (var i = 0; i < Buckets.Length; i++)
        {
            while (target < bounds.Count && (i >= gainBounds.Count || bounds[target] < gainBounds[i]))
            {
                target++;
            }

            sum[target] += Buckets[i];
        }

        return sum;
    }
}
