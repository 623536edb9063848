namespace Gateway.DataPlane.Balancing;

/// <summary>Whom an upstream's requests may go to now. Immutable: what changes makes another one.</summary>
/// <param name="Peers">All addresses of all targets, healthy or not.</param>
/// <param name="Balancer">Over those that may get requests.</param>
/// <param name="ResolveAt">Timestamp from which on a target's name wants to be resolved again; <see cref="long.MaxValue"/> where none does.</param>
/// <param name="IsWaiting">True where no target has an address yet and one may have after being resolved: then a request waits for it.</param>
/// <param name="IsAvailable">False where less weight than the upstream's threshold is healthy.</param>
internal sealed record PeerSet(IReadOnlyList<Peer> Peers, ILoadBalancer Balancer, long ResolveAt, bool IsWaiting, bool IsAvailable)
{
    public static readonly PeerSet Empty = new([], NoPeers.Instance, long.MaxValue, IsWaiting: false, IsAvailable: false);
}
