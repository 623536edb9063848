using System.Diagnostics;
using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Tests.Balancing;

public sealed class LeastLatencyTests
{
    [Fact]
    public void The_slowest_of_all_gets_nothing_while_others_answer()
    {
        var peers = TestPeers.Create(1, 1, 1);
        Observe(peers, 10, 10, 500);
        var balancer = new LeastLatency(peers);

        var picks = Enumerable.Range(0, 200).Select(_ => balancer.Pick(default, hash: null)).ToList();

        Assert.DoesNotContain(peers[2], picks);
        Assert.Contains(peers[0], picks);
        Assert.Contains(peers[1], picks);
    }

    [Fact]
    public void A_heavier_peer_may_be_slower()
    {
        var peers = TestPeers.Create(100, 1);
        Observe(peers, 100, 10);

        var balancer = new LeastLatency(peers);

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Same(peers[0], balancer.Pick(default, hash: null)));
    }

    [Fact]
    public void A_fast_peer_that_hangs_is_left_alone()
    {
        var peers = TestPeers.Create(1, 1);
        Observe(peers, 10, 20);
        for (var i = 0; i < 5; i++)
        {
            peers[0].State.Begin();
        }

        var balancer = new LeastLatency(peers);

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Same(peers[1], balancer.Pick(default, hash: null)));
    }

    [Fact]
    public void A_newcomer_begins_with_the_average_of_the_others()
    {
        var peers = TestPeers.Create(1, 1, 1);
        var now = Stopwatch.GetTimestamp();
        peers[0].State.Latency.Observe(100, now);
        peers[1].State.Latency.Observe(200, now);

        _ = new LeastLatency(peers);

        Assert.InRange(peers[2].State.Latency.Value(Stopwatch.GetTimestamp()), 120, 151);
    }

    [Fact]
    public void A_peer_that_failed_is_avoided_while_there_are_others()
    {
        var peers = TestPeers.Create(1, 1);
        Observe(peers, 1, 1000);
        var balancer = new LeastLatency(peers);
        var failed = default(FailedTargets);
        failed.Add(peers[0]);

        for (var i = 0; i < 50; i++)
        {
            Assert.Same(peers[1], balancer.Pick(failed, hash: null));
        }
    }

    [Fact]
    public void An_average_follows_a_peak_at_once_and_recovers_slowly()
    {
        var average = new LatencyAverage();
        var start = 1000 * Stopwatch.Frequency;
        average.Observe(10, start);
        average.Observe(500, start);
        Assert.Equal(500, average.Value(start), 1.0);

        // A second later, one answer of 10 ms has a tenth of the say.
        average.Observe(10, start + Stopwatch.Frequency);
        Assert.InRange(average.Value(start + Stopwatch.Frequency), 440, 460);

        // Silence lets it sink.
        Assert.InRange(average.Value(start + (61 * Stopwatch.Frequency)), 0.1, 5);
    }

    [Fact]
    public void Many_threads_lose_no_peak()
    {
        var average = new LatencyAverage();
        var now = 5 * Stopwatch.Frequency;

        Parallel.For(0, 10_000, i => average.Observe(i == 5_000 ? 900 : 10, now));

        Assert.Equal(900, average.Value(now), 1.0);
    }

    private static void Observe(List<Peer> peers, params double[] milliseconds)
    {
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < peers.Count; i++)
        {
            peers[i].State.Latency.Observe(milliseconds[i], now);
        }
    }
}
