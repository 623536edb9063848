namespace Gateway.DataPlane.Balancing;

/// <summary>
/// A ring of slots, each of which belongs to a peer; a request goes to the slot of its hash. Slots are given away by weighted rendezvous hashing: each goes to the peer with the
/// highest score, and a score depends on nothing but slot, peer and weight. So a peer that comes takes only what is to be its share, one that goes
/// gives back only what it had, and every data plane has the same ring.
/// </summary>
internal sealed class ConsistentHashing : ILoadBalancer
{
    private readonly Peer[] _peers;
    private readonly int[] _slots;
    private readonly Rotation _rotation;

    /// <param name="peers">Also those that are not healthy: their slots stay theirs, and requests walk on while they are away.</param>
    /// <param name="slots">10 to 65536.</param>
    public ConsistentHashing(IEnumerable<Peer> peers, int slots, Rotation rotation)
    {
        _rotation = rotation;
        _peers = [.. peers.Where(peer => peer.Weight > 0)];
        _slots = _peers.Length == 0 ? [] : Assign(_peers, slots);
    }

    public Peer? Pick(in FailedTargets failed, ulong? hash)
    {
        if (_slots.Length == 0)
        {
            return null;
        }

        // Without anything to hash on, in turn over the scattered slots.
        var start = (int)((hash ?? StableHash.Mix(_rotation.Next())) % (ulong)_slots.Length);
        Peer? last = null;
        for (var i = 0; i < _slots.Length; i++)
        {
            var index = start + i;
            var peer = _peers[_slots[index < _slots.Length ? index : index - _slots.Length]];
            if (ReferenceEquals(peer, last) || !peer.State.Health.IsHealthy)
            {
                continue;
            }

            if (!failed.Contains(peer))
            {
                return peer;
            }

            last = peer;
        }

        return last;
    }

    private static int[] Assign(Peer[] peers, int slots)
    {
        var seeds = Array.ConvertAll(peers, peer => StableHash.Of(peer.Key.Address));
        var owners = new int[slots];
        for (var slot = 0; slot < slots; slot++)
        {
            var highest = double.NegativeInfinity;
            for (var i = 0; i < peers.Length; i++)
            {
                // Uniform in (0, 1); -weight / ln(u) is highest with a probability of weight / sum of weights.
                var uniform = ((StableHash.Mix(seeds[i] ^ StableHash.Mix((ulong)slot)) >> 11) + 0.5) * (1.0 / (1UL << 53));
                var score = -peers[i].Weight / Math.Log(uniform);
                if (score > highest)
                {
                    highest = score;
                    owners[slot] = i;
                }
            }
        }

        return owners;
    }
}
