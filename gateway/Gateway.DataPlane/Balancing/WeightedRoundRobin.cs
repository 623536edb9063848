using System.Numerics;

namespace Gateway.DataPlane.Balancing;

/// <summary>
/// Weighted round-robin without a table or a lock. A cycle has as many turns as the (reduced) weights' sum; turn t belongs to the peer in whose share of the
/// cycle t × step (mod length) falls, where step is coprime to the length and near the golden section of it. So each peer has exactly its weight's
/// turns in every cycle, spread evenly over it.
/// </summary>
internal sealed class WeightedRoundRobin : ILoadBalancer
{
    public const int MaxWeight = 65535;
    private const double GoldenSection = 0.6180339887498949;

    private readonly Rotation _rotation;
    private readonly Peer[] _peers;

    // Where each peer's share of the cycle ends.
    private readonly int[] _ends;
    private readonly uint _length;
    private readonly uint _step;

    public WeightedRoundRobin(IEnumerable<Peer> peers, Rotation rotation)
    {
        _rotation = rotation;
        _peers = [.. peers.Where(peer => peer.Weight > 0)];
        _ends = new int[_peers.Length];
        var divisor = 0;
        foreach (var peer in _peers)
        {
            divisor = (int)BigInteger.GreatestCommonDivisor(divisor, peer.Weight);
        }

        var end = 0;
        for (var i = 0; i < _peers.Length; i++)
        {
            end = checked(end + (_peers[i].Weight / divisor));
            _ends[i] = end;
        }

        _length = (uint)end;
        _step = Step(_length);
    }

    public Peer? Pick(in FailedTargets failed, ulong? hash)
    {
        if (_peers.Length == 0)
        {
            return null;
        }

        var picked = Next();
        for (var i = 0; failed.Contains(picked) && i < _peers.Length; i++)
        {
            // A turn that fell to a failed peer goes to its neighbour: found at once, however small that one's weight.
            picked = _peers[(Array.IndexOf(_peers, picked) + 1) % _peers.Length];
        }

        return picked;
    }

    private Peer Next()
    {
        if (_peers.Length == 1)
        {
            return _peers[0];
        }

        var turn = _rotation.Next() % _length;
        var share = (int)(turn * _step % _length);
        var index = Array.BinarySearch(_ends, share + 1);
        return _peers[index < 0 ? ~index : index];
    }

    private static uint Step(uint length)
    {
        if (length < 3)
        {
            return 1;
        }

        for (var step = (uint)Math.Round(length * GoldenSection); ; step++)
        {
            if (BigInteger.GreatestCommonDivisor(step, length) == 1)
            {
                return step;
            }
        }
    }
}
