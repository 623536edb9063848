using System.Net;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>Probes to real upstreams.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task A_target_that_dies_gets_no_requests_and_one_that_comes_back_does()
    {
        var port = FreePorts.One();
        await using var steady = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("steady"));
        var shaky = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("shaky"), port: port);
        await using var plane = await RunningDataPlane.StartAsync();
        await ApplyAsync(plane, Often(), steady.Address, shaky.Address);

        await shaky.DisposeAsync();
        await Eventually.TrueAsync(() => Unhealthy(plane).SequenceEqual([shaky.Address]));
        Assert.All(await AskAsync(plane, 6), answer => Assert.Equal("steady", answer));

        await using var again = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("shaky"), port: port);
        await Eventually.TrueAsync(() => !Unhealthy(plane).Any());
        Assert.Contains("shaky", await AskAsync(plane, 6));
    }

    [Fact]
    public async Task A_probe_is_what_was_configured()
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var plane = await RunningDataPlane.StartAsync();
        var active = Often() with { HttpPath = "/health?deep=1", Headers = new Dictionary<string, IReadOnlyList<string>> { ["x-probe"] = ["yes"] } };

        await ApplyAsync(plane, active, upstream.Address);

        await Eventually.TrueAsync(() => upstream.Requests > 0 && upstream.LastHeaders.ContainsKey("x-probe"));
        Assert.Equal("/health?deep=1", upstream.LastTarget);
        Assert.Equal("yes", upstream.LastHeaders["x-probe"]);
        Assert.Equal("gateway-health-check", upstream.LastHeaders["User-Agent"]);
        Assert.Equal(upstream.Address, upstream.LastHeaders["Host"]);
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(302, false)]
    [InlineData(418, false)]
    public async Task Only_statuses_that_count_against_a_target_do(int status, bool unhealthy)
    {
        await using var upstream = await RunningUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var plane = await RunningDataPlane.StartAsync();

        await ApplyAsync(plane, Often(), upstream.Address);

        await Eventually.TrueAsync(() => upstream.Requests > 3);
        await Eventually.TrueAsync(() => Unhealthy(plane).Any() == unhealthy);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_in_time_is_unhealthy()
    {
        var release = new TaskCompletionSource();
        await using var upstream = await RunningUpstream.StartAsync(_ => release.Task);
        await using var plane = await RunningDataPlane.StartAsync();

        await ApplyAsync(plane, Often() with { Timeout = 0.1 }, upstream.Address);

        await Eventually.TrueAsync(() => Unhealthy(plane).Any());
        release.SetResult();
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("http")]
    public async Task What_cannot_be_connected_to_is_unhealthy(string type)
    {
        await using var plane = await RunningDataPlane.StartAsync();

        await ApplyAsync(plane, Often() with { Type = type }, $"127.0.0.1:{FreePorts.One()}");

        await Eventually.TrueAsync(() => Unhealthy(plane).Any());
        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task A_connection_is_enough_where_that_is_all_that_is_asked()
    {
        await using var upstream = await RunningUpstream.StartAsync(static http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var plane = await RunningDataPlane.StartAsync();
        await ApplyAsync(plane, Often() with { Type = "tcp" }, upstream.Address);
        Peers(plane)[0].State.Health.Fail(PeerFailure.Http, 1, TimeProvider.System.GetTimestamp());

        await Eventually.TrueAsync(() => !Unhealthy(plane).Any());
        Assert.Equal(0, upstream.Requests);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 8, 1 }, "0", false)]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 8, 2 }, "0", true)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0 }, "0", true)]
    [InlineData(new byte[0], "12", true)]
    public async Task A_gRPC_server_says_itself_whether_it_serves(byte[] reply, string status, bool unhealthy)
    {
        var asked = 0;
        await using var upstream = await RunningUpstream.StartAsync(
            async http =>
            {
                Assert.Equal("/grpc.health.v1.Health/Check", http.Request.Path);
                http.Response.ContentType = "application/grpc";
                http.Response.DeclareTrailer("grpc-status");
                await http.Response.Body.WriteAsync(reply);
                http.Response.AppendTrailer("grpc-status", status);
                Interlocked.Increment(ref asked);
            },
            HttpProtocols.Http2);
        await using var plane = await RunningDataPlane.StartAsync();

        await ApplyAsync(plane, Often() with { Type = "grpc" }, upstream.Address);

        await Eventually.TrueAsync(() => Volatile.Read(ref asked) > 3);
        await Eventually.TrueAsync(() => Unhealthy(plane).Any() == unhealthy);
    }

    [Fact]
    public async Task An_upstream_that_no_service_uses_is_not_probed()
    {
        await using var used = await RunningUpstream.StartAsync();
        await using var unused = await RunningUpstream.StartAsync();
        await using var plane = await RunningDataPlane.StartAsync();
        var configuration = new ConfigurationBuilder();
        configuration.Service("x", new Uri("http://used.internal"));
        configuration.Target(configuration.Upstream("used.internal", entity => With(entity, Often())), used.Address);
        configuration.Target(configuration.Upstream("unused.internal", entity => With(entity, Often())), unused.Address);
        await plane.ApplyAsync(configuration.Snapshot());

        await Eventually.TrueAsync(() => used.Requests > 5);

        Assert.Equal(0, unused.Requests);
    }

    [Fact]
    public async Task What_only_traffic_could_heal_is_tried_again_after_a_while()
    {
        var status = 500;
        await using var upstream = await RunningUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = Volatile.Read(ref status);
            return Task.CompletedTask;
        });
        await using var plane = await RunningDataPlane.StartAsync(options => options.UpstreamRetryUnhealthyAfter = TimeSpan.FromMilliseconds(300));
        await ApplyAsync(
            plane, new ActiveHealthcheck(), upstream.Address, passive: new PassiveHealthcheck { Unhealthy = new PassiveVerdict { HttpFailures = 3, HttpStatuses = [500] } });
        for (var i = 0; i < 3; i++)
        {
            using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        }

        Assert.NotEmpty(Unhealthy(plane));
        await Eventually.TrueAsync(() => !Unhealthy(plane).Any());

        // The first failure of the trial is enough.
        using (var trial = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, trial.StatusCode);
        }

        Assert.NotEmpty(Unhealthy(plane));
        Volatile.Write(ref status, 200);
        await Eventually.TrueAsync(async () =>
        {
            using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));
            return response.StatusCode == HttpStatusCode.OK;
        });
    }

    private static ActiveHealthcheck Often() => new()
    {
        Healthy = new ActiveVerdict { Interval = 0.1, Successes = 1, HttpStatuses = [200, 302] },
        Unhealthy = new ActiveVerdict { Interval = 0.1, HttpFailures = 2, TcpFailures = 1, Timeouts = 1, HttpStatuses = [500, 503] },
    };

    private static Upstream With(Upstream upstream, ActiveHealthcheck active, PassiveHealthcheck? passive = null) =>
        upstream with { Healthchecks = new Healthchecks { Active = active, Passive = passive ?? new PassiveHealthcheck() } };

    private static Task ApplyAsync(RunningDataPlane plane, ActiveHealthcheck active, params string[] targets) => ApplyAsync(plane, active, targets, passive: null);

    private static Task ApplyAsync(RunningDataPlane plane, ActiveHealthcheck active, string target, PassiveHealthcheck passive) =>
        ApplyAsync(plane, active, [target], passive);

    private static async Task ApplyAsync(RunningDataPlane plane, ActiveHealthcheck active, string[] targets, PassiveHealthcheck? passive)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", new Uri("http://pets.internal"));
        configuration.Route("x", service, route => route with { Paths = ["/x"] });
        var upstream = configuration.Upstream("pets.internal", entity => With(entity, active, passive));
        foreach (var target in targets)
        {
            configuration.Target(upstream, target);
        }

        await plane.ApplyAsync(configuration.Snapshot());
    }

    private static async Task<List<string>> AskAsync(RunningDataPlane plane, int times)
    {
        var answers = new List<string>();
        for (var i = 0; i < times; i++)
        {
            answers.Add(await plane.Client.GetStringAsync(new Uri("/x", UriKind.Relative)));
        }

        return answers;
    }

    private static IReadOnlyList<Peer> Peers(RunningDataPlane plane) =>
        plane.Services.GetRequiredService<ConfigurationStore>().Current.FindUpstream("pets.internal")!.State.Set.Peers;

    private static IEnumerable<string> Unhealthy(RunningDataPlane plane) => Peers(plane).Where(peer => !peer.State.Health.IsHealthy).Select(peer => peer.Key.Address);
}
