using System.Numerics;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Balancing;

/// <summary>
/// Weighted round-robin without a table or a lock. A cycle has as many turns as the (reduced) weights' sum; turn t belongs to the target in whose share of the
/// cycle t × step (mod length) falls, where step is coprime to the length and near the golden section of it. So each target has exactly its weight's
/// turns in every cycle, spread evenly over it.
/// </summary>
internal sealed class WeightedRoundRobin : ILoadBalancer
{
    public const int MaxWeight = 65535;
    private const double GoldenSection = 0.6180339887498949;

    private readonly TargetModel[] _targets;

    // Where each target's share of the cycle ends.
    private readonly int[] _ends;
    private readonly uint _length;
    private readonly uint _step;

    public WeightedRoundRobin(IEnumerable<TargetModel> targets, Rotation rotation)
    {
        Rotation = rotation;
        _targets = [.. targets.Where(target => target.Weight > 0)];
        _ends = new int[_targets.Length];
        var divisor = 0;
        foreach (var target in _targets)
        {
            divisor = (int)BigInteger.GreatestCommonDivisor(divisor, target.Weight);
        }

        var end = 0;
        for (var i = 0; i < _targets.Length; i++)
        {
            end = checked(end + (_targets[i].Weight / divisor));
            _ends[i] = end;
        }

        _length = (uint)end;
        _step = Step(_length);
    }

    public Rotation Rotation { get; }

    public TargetModel? Pick(in FailedTargets failed)
    {
        if (_targets.Length == 0)
        {
            return null;
        }

        var picked = Next();
        for (var i = 0; failed.Contains(picked) && i < _targets.Length; i++)
        {
            // A turn that fell to a failed target goes to its neighbour: found at once, however small that one's weight.
            picked = _targets[(Array.IndexOf(_targets, picked) + 1) % _targets.Length];
        }

        return picked;
    }

    private TargetModel Next()
    {
        if (_targets.Length == 1)
        {
            return _targets[0];
        }

        var turn = Rotation.Next() % _length;
        var share = (int)(turn * _step % _length);
        var index = Array.BinarySearch(_ends, share + 1);
        return _targets[index < 0 ? ~index : index];
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
