using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Balancing;

/// <summary>One address that an upstream's requests may go to: a target, or one of the addresses that its name stands for. Immutable but for its state.</summary>
/// <param name="key">The target and the address: what the peer is known by across publications and answers of DNS.</param>
/// <param name="address">Where requests go.</param>
/// <param name="weight">0 to 65535; 0 gets no requests.</param>
/// <param name="state">Outlives the peer where another one takes its place.</param>
internal sealed class Peer(PeerKey key, TargetModel address, int weight, PeerState state)
{
    public PeerKey Key { get; } = key;

    public TargetModel Address { get; } = address;

    public int Weight { get; } = weight;

    public PeerState State { get; } = state;
}
