namespace Gateway.DataPlane.Balancing;

/// <summary>An upstream that has nobody to send a request to.</summary>
internal sealed class NoPeers : ILoadBalancer
{
    public static readonly NoPeers Instance = new();

    private NoPeers()
    {
    }

    public Peer? Pick(in FailedTargets failed, ulong? hash) => null;
}
