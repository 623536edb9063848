using System.Diagnostics;

namespace Gateway.DataPlane.Balancing;

/// <summary>
/// The better of two peers drawn at random ("power of two choices", as Kong's <c>latency</c>): the lower average latency × (in flight + 1) / weight. What is in
/// flight counts, other than in Kong, since a peer that hangs reports no latency at all.
/// </summary>
internal sealed class LeastLatency : ILoadBalancer
{
    private readonly Peer[] _peers;

    public LeastLatency(IEnumerable<Peer> peers)
    {
        _peers = [.. peers.Where(peer => peer.Weight > 0)];
        SeedNewcomers(Stopwatch.GetTimestamp());
    }

    public Peer? Pick(in FailedTargets failed, ulong? hash)
    {
        if (_peers.Length == 0)
        {
            return null;
        }

        var first = Draw(failed, other: null);
        if (_peers.Length == 1)
        {
            return first;
        }

        var second = Draw(failed, first);
        var now = Stopwatch.GetTimestamp();
        return Score(second, now) < Score(first, now) ? second : first;
    }

    private static double Score(Peer peer, long now) => peer.State.Latency.Value(now) * (peer.State.InFlight + 1) / peer.Weight;

    private Peer Draw(in FailedTargets failed, Peer? other)
    {
        var start = Random.Shared.Next(_peers.Length);
        for (var i = 0; i < _peers.Length; i++)
        {
            var peer = _peers[(start + i) % _peers.Length];
            if (!ReferenceEquals(peer, other) && !failed.Contains(peer))
            {
                return peer;
            }
        }

        return other ?? _peers[start];
    }

    // As Kong: a new peer begins with the average of the others, and not as the fastest of all.
    private void SeedNewcomers(long now)
    {
        var known = _peers.Where(peer => peer.State.Latency.IsKnown).ToList();
        if (known.Count == 0 || known.Count == _peers.Length)
        {
            return;
        }

        var average = known.Average(peer => peer.State.Latency.Value(now));
        foreach (var peer in _peers)
        {
            peer.State.Latency.Seed(average, now);
        }
    }
}
