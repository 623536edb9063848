using System.Collections;

namespace Gateway.DataPlane.Balancing;

/// <summary>Which HTTP statuses (100 to 999) count for a peer, which against it, and which do not count.</summary>
internal sealed class StatusVerdicts(IEnumerable<int> healthy, IEnumerable<int> unhealthy)
{
    private const int Statuses = 1000;

    private readonly BitArray _healthy = Bits(healthy);
    private readonly BitArray _unhealthy = Bits(unhealthy);

    public bool IsHealthy(int status) => status is >= 0 and < Statuses && _healthy[status];

    /// <summary>A status that is in both lists is healthy, as in Kong.</summary>
    public bool IsUnhealthy(int status) => status is >= 0 and < Statuses && _unhealthy[status];

    private static BitArray Bits(IEnumerable<int> statuses)
    {
        var bits = new BitArray(Statuses);
        foreach (var status in statuses)
        {
            if (status is >= 0 and < Statuses)
            {
                bits[status] = true;
            }
        }

        return bits;
    }
}
