namespace Gateway.DataPlane.Balancing;

/// <summary>Chooses where a request goes. Called by many threads at once, on the request path: never waits, never allocates.</summary>
internal interface ILoadBalancer
{
    /// <summary>A peer for one attempt, null where none can serve.</summary>
    /// <param name="failed">Peers that this request could not reach, to be avoided while there are others.</param>
    /// <param name="hash">What the request is hashed on; null where it has nothing of the kind, or the algorithm does not ask.</param>
    Peer? Pick(in FailedTargets failed, ulong? hash);
}
