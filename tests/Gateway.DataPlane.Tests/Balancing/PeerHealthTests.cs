using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Tests.Balancing;

/// <summary>Kong's counters: https://developer.konghq.com/gateway/traffic-control/health-checks-circuit-breakers/.</summary>
public sealed class PeerHealthTests
{
    private readonly PeerHealth _health = new();

    [Fact]
    public void The_limit_s_failure_turns_a_peer_and_says_so_once()
    {
        Assert.False(_health.Fail(PeerFailure.Http, 3, 1));
        Assert.False(_health.Fail(PeerFailure.Http, 3, 2));
        Assert.True(_health.Fail(PeerFailure.Http, 3, 3));
        Assert.False(_health.Fail(PeerFailure.Http, 3, 4));

        Assert.False(_health.IsHealthy);
        Assert.Equal(3, _health.ChangedAt);
    }

    [Fact]
    public void Kinds_of_failure_are_counted_apart()
    {
        _health.Fail(PeerFailure.Http, 2, 1);
        _health.Fail(PeerFailure.Tcp, 2, 1);
        Assert.False(_health.Fail(PeerFailure.Timeout, 2, 1));
        Assert.True(_health.IsHealthy);

        Assert.True(_health.Fail(PeerFailure.Tcp, 2, 1));
    }

    [Fact]
    public void A_success_clears_the_failures()
    {
        _health.Fail(PeerFailure.Timeout, 2, 1);
        _health.Succeed(limit: 0, 1);

        Assert.False(_health.Fail(PeerFailure.Timeout, 2, 1));
    }

    [Fact]
    public void A_failure_clears_the_successes()
    {
        _health.Fail(PeerFailure.Tcp, 1, 1);
        _health.Succeed(2, 2);
        _health.Fail(PeerFailure.Http, 5, 3);

        Assert.False(_health.Succeed(2, 4));
        Assert.True(_health.Succeed(2, 5));
        Assert.True(_health.IsHealthy);
    }

    [Fact]
    public void A_limit_of_0_counts_nothing()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.False(_health.Fail(PeerFailure.Http, 0, 1));
        }

        _health.Fail(PeerFailure.Tcp, 1, 1);
        for (var i = 0; i < 1000; i++)
        {
            Assert.False(_health.Succeed(0, 1));
        }

        Assert.False(_health.IsHealthy);
    }

    [Fact]
    public void On_probation_one_failure_is_enough()
    {
        _health.Fail(PeerFailure.Tcp, 1, 1);
        Assert.True(_health.TryOnProbation(10));
        Assert.True(_health.IsHealthy);

        Assert.True(_health.Fail(PeerFailure.Http, 100, 11));
        Assert.False(_health.IsHealthy);
    }

    [Fact]
    public void One_success_ends_the_probation()
    {
        _health.Fail(PeerFailure.Tcp, 1, 1);
        _health.TryOnProbation(10);
        _health.Succeed(5, 11);

        Assert.False(_health.Fail(PeerFailure.Http, 2, 12));
        Assert.True(_health.IsHealthy);
    }

    [Fact]
    public void Who_is_healthy_needs_no_probation() => Assert.False(_health.TryOnProbation(1));
}
