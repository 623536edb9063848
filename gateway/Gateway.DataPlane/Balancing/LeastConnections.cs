namespace Gateway.DataPlane.Balancing;

/// <summary>The peer with the fewest requests in flight for its weight: the least (in flight + 1) / weight. Among equals, in turn.</summary>
internal sealed class LeastConnections(IEnumerable<Peer> peers, Rotation rotation) : ILoadBalancer
{
    private readonly Peer[] _peers = [.. peers.Where(peer => peer.Weight > 0)];

    public Peer? Pick(in FailedTargets failed, ulong? hash)
    {
        if (_peers.Length == 0)
        {
            return null;
        }

        var start = (int)(rotation.Next() % (ulong)_peers.Length);
        var best = Search(failed, start);

        // All have failed: any is as good as another.
        return best ?? _peers[start];
    }

    private Peer? Search(in FailedTargets failed, int start)
    {
        Peer? best = null;
        var bestLoad = 0L;
        for (var i = 0; i < _peers.Length; i++)
        {
            var index = start + i;
            var peer = _peers[index < _peers.Length ? index : index - _peers.Length];
            if (failed.Count > 0 && failed.Contains(peer))
            {
                continue;
            }

            // a/b < c/d as a·d < c·b: exact, and no division.
            var load = peer.State.InFlight + 1L;
            if (best is null || load * best.Weight < bestLoad * peer.Weight)
            {
                best = peer;
                bestLoad = load;
            }
        }

        return best;
    }
}
