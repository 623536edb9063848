using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Tests.Balancing;

public sealed class LeastConnectionsTests
{
    [Fact]
    public void Requests_that_stay_are_spread_by_weight()
    {
        var peers = TestPeers.Create(300, 100, 100);
        var balancer = new LeastConnections(peers, new Rotation());

        for (var i = 0; i < 50; i++)
        {
            balancer.Pick(default, hash: null)!.State.Begin();
        }

        Assert.Equal([30, 10, 10], peers.Select(peer => peer.State.InFlight));
    }

    [Fact]
    public void Who_has_finished_is_next()
    {
        var peers = TestPeers.Create(1, 1, 1);
        var balancer = new LeastConnections(peers, new Rotation());
        peers.ForEach(peer => peer.State.Begin());
        peers[1].State.End();

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Same(peers[1], balancer.Pick(default, hash: null)));
    }

    [Fact]
    public void Idle_peers_take_turns()
    {
        var peers = TestPeers.Create(1, 1, 1);
        var balancer = new LeastConnections(peers, new Rotation());

        Assert.Equal(3, Enumerable.Range(0, 3).Select(_ => balancer.Pick(default, hash: null)).Distinct().Count());
    }

    [Fact]
    public void A_peer_that_failed_is_avoided_however_idle()
    {
        var peers = TestPeers.Create(1, 1);
        var balancer = new LeastConnections(peers, new Rotation());
        peers[1].State.Begin();
        var failed = default(FailedTargets);
        failed.Add(peers[0]);

        Assert.Same(peers[1], balancer.Pick(failed, hash: null));
        failed.Add(peers[1]);
        Assert.NotNull(balancer.Pick(failed, hash: null));
    }

    [Fact]
    public void Without_a_weight_there_is_no_peer() => Assert.Null(new LeastConnections(TestPeers.Create(0), new Rotation()).Pick(default, hash: null));
}
