using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Gateway.Tunnel.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.DataPlane.Tests.Hosting;

public sealed class HealthReporterTests
{
    [Fact]
    public async Task What_is_reported_is_what_the_balancer_does()
    {
        await using var plane = await RunningDataPlane.StartAsync();
        var configuration = new ConfigurationBuilder();
        configuration.Service("x", new Uri("http://pets.internal"));
        var passive = new PassiveHealthcheck { Unhealthy = new PassiveVerdict { TcpFailures = 1 } };
        var upstream = configuration.Upstream("pets.internal", entity => entity with { Healthchecks = new Healthchecks { Passive = passive, Threshold = 50 } });
        configuration.Target(upstream, "10.0.0.1:80");
        configuration.Target(upstream, "10.0.0.2:80", 300);
        configuration.Upstream("unused.internal");
        await plane.ApplyAsync(configuration.Snapshot());
        var state = plane.Services.GetRequiredService<ConfigurationStore>().Current.FindUpstream("pets.internal")!.State;

        state.Set.Peers[1].State.Health.Fail(PeerFailure.Tcp, 1, 1);
        state.HealthChanged();

        var report = Assert.Single(plane.Services.GetRequiredService<IHealthReporter>().Read().Upstreams);
        Assert.Equal((upstream, true, false), (report.Upstream, report.UsesChecks, report.IsAvailable));
        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80"], report.Targets.Select(target => target.Target));
        Assert.Equal(new AddressReport("10.0.0.1", 80, 100, true), Assert.Single(report.Targets[0].Addresses));
        Assert.Equal(new AddressReport("10.0.0.2", 80, 300, false), Assert.Single(report.Targets[1].Addresses));
    }

    [Fact]
    public async Task A_report_is_bounded_by_whole_upstreams()
    {
        await using var plane = await RunningDataPlane.StartAsync();
        var configuration = new ConfigurationBuilder();
        for (var i = 0; i < 4; i++)
        {
            configuration.Service($"s{i}", new Uri($"http://u{i}.internal"));
            var upstream = configuration.Upstream($"u{i}.internal");
            for (var target = 0; target < 200; target++)
            {
                configuration.Target(upstream, $"10.0.{i}.{target}:80");
            }
        }

        await plane.ApplyAsync(configuration.Snapshot());

        var report = plane.Services.GetRequiredService<IHealthReporter>().Read();
        Assert.Equal([200, 200], report.Upstreams.Select(upstream => upstream.Targets.Count));
    }
}
