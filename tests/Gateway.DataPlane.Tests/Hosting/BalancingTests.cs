using System.Net;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>Balancing through the whole request path, with real upstreams.</summary>
public sealed class BalancingTests : IAsyncLifetime
{
    private const int Keys = 24;

    private readonly List<RunningUpstream> _upstreams = [];
    private RunningDataPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var name = $"u{i}";
            _upstreams.Add(await RunningUpstream.StartAsync(http => http.Response.WriteAsync(name)));
        }

        _plane = await RunningDataPlane.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        foreach (var upstream in _upstreams)
        {
            await upstream.DisposeAsync();
        }
    }

    public static TheoryData<string, string, string> Inputs => new()
    {
        { """header x-key""", "/pets/1", "x-key: {0}" },
        { """query_arg key""", "/pets/1?key={0}", "" },
        { """path""", "/pets/{0}", "" },
        { """uri_capture id""", "/pets/{0}", "" },
        { """uri_capture 1""", "/pets/{0}", "" },
        { """cookie c""", "/pets/1", "Cookie: c={0}" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task A_key_always_goes_to_the_same_target_and_keys_to_all(string input, string target, string header)
    {
        await ApplyAsync(upstream => On(upstream, input));

        var first = await AskAsync(target, header);
        var second = await AskAsync(target, header);

        Assert.Equal(first, second);
        Assert.Equal(3, first.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_fallback_serves_who_has_no_key()
    {
        await ApplyAsync(upstream => upstream with { HashOn = "header", HashOnHeader = "x-key", HashFallback = "query_arg", HashFallbackQueryArg = "key" });

        Assert.Equal(await AskAsync("/pets/1?key={0}", ""), await AskAsync("/pets/1?key={0}", ""));
        Assert.Equal(await AskAsync("/pets/1", "x-key: {0}"), await AskAsync("/pets/1?key=other", "x-key: {0}"));
    }

    [Fact]
    public async Task One_client_address_is_one_key()
    {
        await ApplyAsync(upstream => upstream with { HashOn = "ip" });

        Assert.Single((await AskAsync("/pets/{0}", "")).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_any_key_requests_take_turns()
    {
        await ApplyAsync(upstream => upstream with { HashOn = "consumer" });

        Assert.Equal(3, (await AskAsync("/pets/1", "")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_client_without_the_cookie_gets_one_that_holds_it_to_its_target()
    {
        await ApplyAsync(upstream => upstream with { HashOn = "cookie", HashOnCookie = "sticky", HashOnCookiePath = "/pets" });

        using var response = await _plane.Client.GetAsync(new Uri("/pets/1", UriKind.Relative));
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^sticky=[0-9a-f-]{36}; Path=/pets$", cookie);
        var answer = await response.Content.ReadAsStringAsync();

        Assert.All(await AskAsync("/pets/{0}", $"Cookie: {cookie.Split(';')[0]}"), next => Assert.Equal(answer, next));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets/1") { Headers = { { "Cookie", cookie.Split(';')[0] } } };
        using var again = await _plane.Client.SendAsync(request);
        Assert.False(again.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Least_connections_keeps_away_from_who_is_busy()
    {
        var release = new TaskCompletionSource();
        await using var busy = await RunningUpstream.StartAsync(_ => release.Task);
        await ApplyAsync(upstream => upstream with { Algorithm = "least-connections" }, busy.Address);
        var stuck = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _plane.Client.GetStringAsync(new Uri("/pets/1", UriKind.Relative))));
        await Eventually.TrueAsync(() => busy.Requests > 0 && busy.Requests + _upstreams.Sum(upstream => upstream.Requests) == 8);
        var before = busy.Requests;

        // Its share would be one in four. For a moment after its answer another one may look as busy.
        Assert.Equal(Keys, (await AskAsync("/pets/1", "")).Count);

        Assert.InRange(busy.Requests - before, 0, 1);
        release.SetResult();
        await stuck;
    }

    [Fact]
    public async Task Latency_prefers_who_answers_fast()
    {
        await using var slow = await RunningUpstream.StartAsync(async http =>
        {
            using var delay = new PeriodicTimer(TimeSpan.FromMilliseconds(60));
            await delay.WaitForNextTickAsync(http.RequestAborted);
        });
        await ApplyAsync(upstream => upstream with { Algorithm = "latency" }, slow.Address);
        await Eventually.TrueAsync(async () =>
        {
            await AskAsync("/pets/1", "");
            return slow.Requests > 0;
        });
        var before = slow.Requests;

        await AskAsync("/pets/1", "");
        await AskAsync("/pets/1", "");

        Assert.Equal(before, slow.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_target_that_answers_with_errors_is_taken_out(int status)
    {
        await using var broken = await RunningUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await ApplyAsync(upstream => WithPassive(upstream, new PassiveVerdict { HttpFailures = 2, HttpStatuses = [429, 500, 503] }), broken.Address);

        await AskAnywayAsync(Keys);

        Assert.Equal(2, broken.Requests);
    }

    [Fact]
    public async Task A_target_that_refuses_connections_is_taken_out_and_no_request_fails()
    {
        await ApplyAsync(upstream => WithPassive(upstream, new PassiveVerdict { TcpFailures = 1 }), $"127.0.0.1:{FreePorts.One()}");

        Assert.Equal(Keys, (await AskAsync("/pets/1", "")).Count);

        Assert.Contains("127.0.0.1", Assert.Single(Peers(), peer => !peer.State.Health.IsHealthy).Key.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_is_silent_is_taken_out()
    {
        var release = new TaskCompletionSource();
        await using var silent = await RunningUpstream.StartAsync(_ => release.Task);
        await ApplyAsync(upstream => WithPassive(upstream, new PassiveVerdict { Timeouts = 1 }), silent.Address, service => service with { ReadTimeout = 200 });

        var statuses = await AskAnywayAsync(Keys);

        release.SetResult();
        Assert.Single(statuses, status => status == HttpStatusCode.GatewayTimeout);
        Assert.Equal(1, silent.Requests);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_no_failure_of_the_target()
    {
        var begun = new TaskCompletionSource();
        await using var patient = await RunningUpstream.StartAsync(async http =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        });
        await ApplyAsync(upstream => WithPassive(upstream, new PassiveVerdict { TcpFailures = 1, Timeouts = 1, HttpFailures = 1, HttpStatuses = [499, 502] }), patient.Address, others: false);

        using (var raw = new RawClient(_plane.Proxy))
        {
            await raw.SendAsync("GET /pets/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            await begun.Task.WaitAsync(Eventually.DefaultLimit);
        }

        await Eventually.TrueAsync(() => Peers().All(peer => peer.State.InFlight == 0));
        Assert.All(Peers(), peer => Assert.True(peer.State.Health.IsHealthy));
    }

    [Fact]
    public async Task Below_the_threshold_nobody_is_served()
    {
        await using var broken = await RunningUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await ApplyAsync(
            upstream => WithPassive(upstream, new PassiveVerdict { HttpFailures = 1, HttpStatuses = [500] }, threshold: 75), broken.Address);

        await AskAnywayAsync(4);
        using var response = await _plane.Client.GetAsync(new Uri("/pets/1", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("failure to get a peer from the ring-balancer", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_flight_is_known_across_publications()
    {
        var release = new TaskCompletionSource();
        await using var busy = await RunningUpstream.StartAsync(_ => release.Task);
        var id = await ApplyAsync(upstream => upstream, busy.Address, others: false);
        var stuck = _plane.Client.GetStringAsync(new Uri("/pets/1", UriKind.Relative));
        await Eventually.TrueAsync(() => busy.Requests == 1);

        var more = new ConfigurationBuilder();
        more.Target(id, _upstreams[0].Address);
        await _plane.ApplyAsync(more.Delta(2));

        Assert.Equal([1], Peers().Where(peer => peer.Key.Address == busy.Address).Select(peer => peer.State.InFlight));
        release.SetResult();
        await stuck;
        Assert.All(Peers(), peer => Assert.Equal(0, peer.State.InFlight));
    }

    private static Upstream On(Upstream upstream, string input)
    {
        var (kind, name) = input.Split(' ') is [var first, var second] ? (first, second) : (input, null);
        return upstream with
        {
            HashOn = kind,
            HashOnHeader = kind == "header" ? name : null,
            HashOnQueryArg = kind == "query_arg" ? name : null,
            HashOnUriCapture = kind == "uri_capture" ? name : null,
            HashOnCookie = kind == "cookie" ? name : null,
        };
    }

    private static Upstream WithPassive(Upstream upstream, PassiveVerdict unhealthy, double threshold = 0) => upstream with
    {
        Algorithm = "round-robin",
        Healthchecks = new Healthchecks { Threshold = threshold, Passive = new PassiveHealthcheck { Unhealthy = unhealthy } },
    };

    private async Task<Guid> ApplyAsync(Func<Upstream, Upstream> with, string? extra = null, Func<Service, Service>? service = null, bool others = true)
    {
        var configuration = new ConfigurationBuilder();
        var serviceId = configuration.Service("pets", new Uri("http://pets.internal"), service);
        configuration.Route("pets", serviceId, route => route with { Paths = ["~/pets/(?<id>\\w+)"] });
        var upstream = configuration.Upstream("pets.internal", entity => with(entity with { Algorithm = "consistent-hashing" }));
        foreach (var address in _upstreams.Where(_ => others).Select(running => running.Address).Append(extra).OfType<string>())
        {
            configuration.Target(upstream, address);
        }

        await _plane.ApplyAsync(configuration.Snapshot());
        return upstream;
    }

    private async Task<List<string>> AskAsync(string target, string header)
    {
        var answers = new List<string>();
        for (var i = 0; i < Keys; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, string.Format(null, target, $"k{i}"));
            if (header.Length > 0)
            {
                var parts = string.Format(null, header, $"k{i}").Split(": ");
                request.Headers.Add(parts[0], parts[1]);
            }

            using var response = await _plane.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        return answers;
    }

    private async Task<List<HttpStatusCode>> AskAnywayAsync(int times)
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < times; i++)
        {
            using var response = await _plane.Client.GetAsync(new Uri("/pets/1", UriKind.Relative));
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }

    private IReadOnlyList<Gateway.DataPlane.Balancing.Peer> Peers() =>
        ((Gateway.DataPlane.Configuration.ConfigurationStore)_plane.Services.GetService(typeof(Gateway.DataPlane.Configuration.ConfigurationStore))!)
        .Current.FindUpstream("pets.internal")!.State.Set.Peers;
}
