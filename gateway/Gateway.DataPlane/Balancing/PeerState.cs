namespace Gateway.DataPlane.Balancing;

/// <summary>What is known of a peer from what it did: survives publications, so that a change of configuration forgets no load and heals nobody.</summary>
internal sealed class PeerState
{
    private int _inFlight;

    /// <summary>Requests that are with the peer now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public LatencyAverage Latency { get; } = new();

    public PeerHealth Health { get; } = new();

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End() => Interlocked.Decrement(ref _inFlight);
}
