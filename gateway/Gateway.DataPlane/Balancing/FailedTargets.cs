using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Balancing;

/// <summary>The peers that one request has tried in vain. Empty for almost every request, and then free.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FailedTargets
{
    private List<PeerState>? _peers;

    public readonly int Count => _peers?.Count ?? 0;

    public void Add(Peer peer) => (_peers ??= []).Add(peer.State);

    /// <summary>By its state: a publication between two attempts makes another peer of the same address.</summary>
    public readonly bool Contains(Peer peer) => _peers is not null && _peers.Contains(peer.State);
}
