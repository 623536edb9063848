using System.Globalization;
using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Tests.Balancing;

public sealed class ConsistentHashingTests
{
    private const int Keys = 20_000;

    [Theory]
    [InlineData(100, 100, 100, 100)]
    [InlineData(100, 200, 300)]
    [InlineData(1, 65535)]
    [InlineData(0, 50, 50)]
    public void Keys_are_spread_by_weight(params int[] weights)
    {
        var peers = TestPeers.Create(weights);

        var owners = Owners(new ConsistentHashing(peers, 65536, new Rotation()));

        for (var i = 0; i < weights.Length; i++)
        {
            var share = owners.Count(owner => ReferenceEquals(owner, peers[i])) / (double)Keys;
            Assert.Equal(weights[i] / (double)weights.Sum(), share, 0.02);
        }
    }

    [Fact]
    public void The_same_key_goes_to_the_same_peer_in_every_process()
    {
        var left = Owners(new ConsistentHashing(TestPeers.Create(100, 100, 50), 1000, new Rotation()));
        var right = Owners(new ConsistentHashing(Enumerable.Reverse(TestPeers.Create(100, 100, 50)), 1000, new Rotation()));

        Assert.Equal(left.Select(peer => peer.Key), right.Select(peer => peer.Key));

        // What another version would have to keep.
        Assert.Equal(6834485282503893322UL, StableHash.Of("10.0.0.1:80"));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10000)]
    public void A_peer_that_goes_moves_its_own_keys_and_no_other(int slots)
    {
        var peers = TestPeers.Create(100, 100, 100, 100, 100, 50);
        var before = Owners(new ConsistentHashing(peers, slots, new Rotation()));
        var after = Owners(new ConsistentHashing(peers.Where((_, i) => i != 2), slots, new Rotation()));

        for (var i = 0; i < Keys; i++)
        {
            if (!ReferenceEquals(before[i], peers[2]))
            {
                Assert.Same(before[i], after[i]);
            }
        }
    }

    [Fact]
    public void A_peer_that_comes_takes_its_share_and_nothing_moves_between_the_others()
    {
        var peers = TestPeers.Create([.. Enumerable.Repeat(100, 10)]);
        var before = Owners(new ConsistentHashing(peers.Take(9), 10000, new Rotation()));
        var after = Owners(new ConsistentHashing(peers, 10000, new Rotation()));

        var moved = Enumerable.Range(0, Keys).Where(i => !ReferenceEquals(before[i], after[i])).ToList();

        Assert.All(moved, i => Assert.Same(peers[9], after[i]));
        Assert.InRange(moved.Count / (double)Keys, 0.08, 0.12);
    }

    [Fact]
    public void A_peer_that_gains_weight_only_takes()
    {
        var before = TestPeers.Create(100, 100, 100);
        var after = new List<Peer>(before) { [1] = new(before[1].Key, before[1].Address, 200, before[1].State) };
        var left = Owners(new ConsistentHashing(before, 10000, new Rotation()));
        var right = Owners(new ConsistentHashing(after, 10000, new Rotation()));

        for (var i = 0; i < Keys; i++)
        {
            Assert.True(left[i].Key == right[i].Key || right[i].Key == before[1].Key);
        }
    }

    [Fact]
    public void While_a_peer_is_unhealthy_its_keys_spread_over_the_others_and_then_return()
    {
        var peers = TestPeers.Create(100, 100, 100);
        var balancer = new ConsistentHashing(peers, 10000, new Rotation());
        var before = Owners(balancer);
        peers[0].State.Health.Fail(PeerFailure.Tcp, 1, 1);
        var during = Owners(balancer);
        peers[0].State.Health.Succeed(1, 2);

        Assert.Equal(before, Owners(balancer));
        Assert.DoesNotContain(peers[0], during);
        var refuge = Enumerable.Range(0, Keys).Where(i => ReferenceEquals(before[i], peers[0])).Select(i => during[i]).ToList();
        Assert.Equal(0.5, refuge.Count(peer => ReferenceEquals(peer, peers[1])) / (double)refuge.Count, 0.1);
    }

    [Fact]
    public void A_retry_goes_elsewhere_and_every_peer_is_reached_in_the_end()
    {
        var peers = TestPeers.Create(100, 1, 1);
        var balancer = new ConsistentHashing(peers, 1000, new Rotation());
        var failed = default(FailedTargets);
        var tried = new HashSet<Peer>();
        for (var i = 0; i < 3; i++)
        {
            var peer = balancer.Pick(failed, hash: 42)!;
            Assert.True(tried.Add(peer));
            failed.Add(peer);
        }

        Assert.NotNull(balancer.Pick(failed, hash: 42));
    }

    [Fact]
    public void Requests_without_a_key_are_spread_as_well()
    {
        var peers = TestPeers.Create(100, 300);
        var balancer = new ConsistentHashing(peers, 10000, new Rotation());

        var light = Enumerable.Range(0, Keys).Count(_ => ReferenceEquals(balancer.Pick(default, hash: null), peers[0]));

        Assert.Equal(0.25, light / (double)Keys, 0.02);
    }

    [Fact]
    public void With_nobody_healthy_there_is_no_peer()
    {
        var peers = TestPeers.Create(1);
        peers[0].State.Health.Fail(PeerFailure.Http, 1, 1);

        Assert.Null(new ConsistentHashing(peers, 10, new Rotation()).Pick(default, hash: 7));
        Assert.Null(new ConsistentHashing([], 10, new Rotation()).Pick(default, hash: 7));
    }

    private static List<Peer> Owners(ConsistentHashing balancer) =>
        [.. Enumerable.Range(0, Keys).Select(i => balancer.Pick(default, StableHash.Of(i.ToString(CultureInfo.InvariantCulture)))!)];
}
