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
}
