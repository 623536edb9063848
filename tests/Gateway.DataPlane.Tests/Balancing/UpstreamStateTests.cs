using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Model;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Balancing;

public sealed class UpstreamStateTests
{
    private readonly Upstream _upstream = new() { Id = Guid.NewGuid(), Name = "pets.internal" };

    [Fact]
    public void Load_health_and_latency_of_a_target_that_stays_survive_a_publication()
    {
        var first = Publish(null, _upstream, ("10.0.0.1:80", 100), ("10.0.0.2:80", 100));
        var peer = first.State.Set.Peers[0];
        peer.State.Begin();
        peer.State.Latency.Observe(100, 1);
        peer.State.Health.Fail(PeerFailure.Tcp, 1, 1);

        var second = Publish(first, _upstream with { HostHeader = "x.test" }, ("10.0.0.1:80", 5), ("10.0.0.3:80", 100));

        Assert.Equal(2, second.State.Set.Peers.Count);
        Assert.Same(peer.State, second.State.Set.Peers[0].State);
        Assert.Equal(5, second.State.Set.Peers[0].Weight);
        Assert.Equal(1, second.State.Set.Peers[0].State.InFlight);
        Assert.False(second.State.Set.Peers[0].State.Health.IsHealthy);
        Assert.Equal("10.0.0.3:80", Pick(second).Key.Address);
    }

    [Fact]
    public void A_draft_that_is_refused_changes_nothing()
    {
        var serving = Publish(null, _upstream, ("10.0.0.1:80", 100));
        var set = serving.State.Set;

        Compile(serving, _upstream, ("10.0.0.9:80", 1));

        Assert.Same(set, serving.State.Set);
    }

    [Fact]
    public void An_unhealthy_target_gets_nothing_until_it_is_healthy()
    {
        var model = Publish(null, _upstream, ("10.0.0.1:80", 100), ("10.0.0.2:80", 100));
        var peer = model.State.Set.Peers[1];
        peer.State.Health.Fail(PeerFailure.Tcp, 1, 1);
        model.State.HealthChanged();
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal("10.0.0.1:80", Pick(model).Key.Address));

        peer.State.Health.Succeed(1, 2);
        model.State.HealthChanged();
        Assert.Equal(2, Enumerable.Range(0, 2).Select(_ => Pick(model).Key.Address).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(0, 3, true)]
    [InlineData(0, 4, false)]
    [InlineData(50, 1, true)]
    [InlineData(50, 2, false)]
    [InlineData(75, 0, true)]
    [InlineData(75, 1, false)]
    [InlineData(100, 0, false)]
    public void The_healthy_weight_must_exceed_the_threshold(double threshold, int unhealthy, bool available)
    {
        var checks = new Healthchecks { Threshold = threshold };
        var model = Publish(null, _upstream with { Healthchecks = checks }, ("10.0.0.1:80", 1), ("10.0.0.2:80", 1), ("10.0.0.3:80", 1), ("10.0.0.4:80", 1));
        foreach (var peer in model.State.Set.Peers.Take(unhealthy))
        {
            peer.State.Health.Fail(PeerFailure.Tcp, 1, 1);
        }

        model.State.HealthChanged();

        Assert.Equal(available, model.State.Set.IsAvailable);
    }

    [Fact]
    public void A_name_stands_for_all_of_its_addresses_and_the_host_header_for_the_name()
    {
        var model = Publish(null, _upstream, ("api.internal:8080", 100));
        Assert.True(model.State.Set.IsWaiting);
        Assert.Equal(["api.internal"], model.State.NamesToResolve(now: 0));

        model.State.Resolved("api.internal", new TargetResolution([new("10.0.0.1"), new("2001:db8::1")], RefreshAt: 100, Problem: null));

        Assert.Equal(["10.0.0.1:8080", "[2001:db8::1]:8080"], model.State.Set.Peers.Select(peer => peer.Key.Address));
        Assert.All(model.State.Set.Peers, peer => Assert.Equal("api.internal:8080", peer.Address.HostHeader(tls: false)));
        Assert.All(model.State.Set.Peers, peer => Assert.Equal(100, peer.Weight));
        Assert.False(model.State.Set.IsWaiting);
        Assert.Equal(100, model.State.Set.ResolveAt);
        Assert.Empty(model.State.NamesToResolve(now: 99));
        Assert.Equal(["api.internal"], model.State.NamesToResolve(now: 100));
    }

    [Theory]
    [InlineData(false, "_http._tcp.api.internal:8000")]
    [InlineData(true, "one.internal")]
    public void An_SRV_record_gives_port_and_weight(bool useSrvName, string hostHeader)
    {
        var model = Publish(null, _upstream with { UseSrvName = useSrvName }, ("_http._tcp.api.internal:8000", 100));

        model.State.Resolved("_http._tcp.api.internal", new TargetResolution([new("10.0.0.1", 80, 7, "one.internal")], 100, Problem: null));

        var peer = Assert.Single(model.State.Set.Peers);
        Assert.Equal(7, peer.Weight);
        Assert.Equal("10.0.0.1:80", peer.Key.Address);
        Assert.Equal(useSrvName ? hostHeader : "_http._tcp.api.internal", peer.Address.HostHeader(tls: false));
    }

    [Fact]
    public void Addresses_that_stay_in_an_answer_keep_their_state()
    {
        var model = Publish(null, _upstream, ("api.internal:80", 100));
        model.State.Resolved("api.internal", new TargetResolution([new("10.0.0.1"), new("10.0.0.2")], 1, Problem: null));
        var kept = model.State.Set.Peers[1].State;

        model.State.Resolved("api.internal", new TargetResolution([new("10.0.0.3"), new("10.0.0.2")], 2, Problem: null));

        Assert.Same(kept, model.State.Set.Peers[1].State);
        Assert.Equal(["10.0.0.3:80", "10.0.0.2:80"], model.State.Set.Peers.Select(peer => peer.Key.Address));
    }

    [Fact]
    public void The_ring_is_built_anew_only_where_its_peers_change()
    {
        var upstream = _upstream with { Algorithm = "consistent-hashing", HashOn = "ip" };
        var model = Publish(null, upstream, ("10.0.0.1:80", 100), ("10.0.0.2:80", 100));
        var ring = model.State.Set.Balancer;

        model.State.Set.Peers[0].State.Health.Fail(PeerFailure.Tcp, 1, 1);
        model.State.HealthChanged();
        Assert.Same(ring, model.State.Set.Balancer);

        model = Publish(model, upstream, ("10.0.0.1:80", 100), ("10.0.0.2:80", 101));
        Assert.NotSame(ring, model.State.Set.Balancer);
    }

    [Fact]
    public void Switching_health_checks_off_heals_everybody()
    {
        var checks = new Healthchecks { Passive = new PassiveHealthcheck { Unhealthy = new PassiveVerdict { TcpFailures = 1 } } };
        var model = Publish(null, _upstream with { Healthchecks = checks }, ("10.0.0.1:80", 100));
        model.State.Set.Peers[0].State.Health.Fail(PeerFailure.Tcp, 1, 1);

        model = Publish(model, _upstream, ("10.0.0.1:80", 100));

        Assert.True(model.State.Set.IsAvailable);
        Assert.NotNull(Pick(model));
    }

    private static Peer Pick(UpstreamModel model) => model.State.Set.Balancer.Pick(default, hash: null)!;

    private static UpstreamModel Publish(UpstreamModel? previous, Upstream upstream, params (string Address, int Weight)[] targets)
    {
        var model = Compile(previous, upstream, targets);
        model.State.Update(model);
        return model;
    }

    private static UpstreamModel Compile(UpstreamModel? previous, Upstream upstream, params (string Address, int Weight)[] targets)
    {
        var errors = new List<ModelError>();
        var entities = targets.Select(target => new Target { Id = Guid.NewGuid(), Address = target.Address, Weight = target.Weight, Upstream = new EntityReference(upstream.Id) });
        var model = UpstreamCompiler.Compile(upstream, entities, previous, errors);
        Assert.Empty(errors);
        return model!;
    }
}
