using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Tests.Balancing;

internal static class TestPeers
{
    public static List<Peer> Create(params int[] weights) => [.. weights.Select((weight, index) => Create($"10.0.0.{index}", weight))];

    public static Peer Create(string ip, int weight)
    {
        var address = new TargetModel(ip, 80, weight);
        return new Peer(new PeerKey(address.Authority, address.Authority), address, weight, new PeerState());
    }
}
