using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>
/// Which update one instance gets next: at most one under way, always the newest, from what it acknowledged last. Decides only; sends nothing and knows
/// no stream. Not safe for concurrent use.
/// </summary>
internal sealed class Delivery(DeliveryPoint? applied)
{
    private DeliveryPoint? _blocked;
    private SyncStatus _blockedStatus;
    private bool _snapshotNext;
    private bool _isSnapshot;

    /// <summary>What the instance runs, as far as it said.</summary>
    public DeliveryPoint? Acknowledged { get; private set; } = applied;

    /// <summary>What was sent and not answered.</summary>
    public DeliveryPoint? UnderWay { get; private set; }

    /// <summary>Why the last update that was answered was not applied.</summary>
    public string? LastRefusal { get; private set; }

    /// <summary>The revision that the instance does not take, and is not offered again.</summary>
    public long? RefusedRevision => _blocked?.Revision;

    public SyncStatus StatusFor(DeliveryPoint target)
    {
        if (_blocked is not null && _blocked.IsSameContentAs(target))
        {
            return _blockedStatus;
        }

        return Acknowledged is not null && Acknowledged.IsSameContentAs(target) ? SyncStatus.Normal : SyncStatus.Behind;
    }

    public DeliveryStep Next(DeliveryPoint target)
    {
        if (UnderWay is not null
            || (Acknowledged is not null && Acknowledged.IsSameContentAs(target))
            || (_blocked is not null && _blocked.IsSameContentAs(target)))
        {
            return DeliveryStep.Nothing;
        }

        return Acknowledged is null || _snapshotNext ? DeliveryStep.Snapshot : DeliveryStep.Delta;
    }

    public void Sent(DeliveryPoint target, bool isSnapshot) => (UnderWay, _isSnapshot) = (target, isSnapshot);

    /// <summary>False where the instance acknowledged what it was not sent.</summary>
    public bool Acknowledge(long revision, string hash)
    {
        if (UnderWay is not { } target || target.Revision != revision)
        {
            return false;
        }

        UnderWay = null;
        Acknowledged = target with { Hash = hash };
        if (hash == target.Hash)
        {
            (_blocked, _snapshotNext, LastRefusal) = (null, false, null);
        }
        else
        {
            Mismatch(target, SyncStatus.HashMismatch, $"it has the hash {hash} where {target.Hash} was published");
        }

        return true;
    }

    /// <summary>False where the instance refused what it was not sent.</summary>
    public bool Refuse(long revision, Refusal.Types.Kind kind, string problem)
    {
        if (UnderWay is not { } target || target.Revision != revision)
        {
            return false;
        }

        UnderWay = null;
        switch (kind)
        {
            case Refusal.Types.Kind.BaseMismatch:
                Mismatch(target, SyncStatus.Refused, problem);
                break;
            case Refusal.Types.Kind.HashMismatch:
                Mismatch(target, SyncStatus.HashMismatch, problem);
                break;
            default:
                Block(target, SyncStatus.Refused, problem);
                break;
        }

        return true;
    }

    /// <summary>A delta is followed by a snapshot of whatever is newest then; after a snapshot, that revision is not offered again.</summary>
    private void Mismatch(DeliveryPoint target, SyncStatus status, string problem)
    {
        if (_isSnapshot)
        {
            _snapshotNext = false;
            Block(target, status, problem);
        }
        else
        {
            _snapshotNext = true;
            LastRefusal = problem;
        }
    }

    private void Block(DeliveryPoint target, SyncStatus status, string problem) => (_blocked, _blockedStatus, LastRefusal) = (target, status, problem);
}
