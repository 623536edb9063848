using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Entities;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>What clients get when upstreams do not do their part, and what is tried before.</summary>
public abstract class FailureTests(Way way)
{
    [Fact]
    public async Task A_refused_connection_is_502()
    {
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(new Uri($"http://127.0.0.1:{FreePorts.One()}")).Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("An invalid response was received from the upstream server", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => plane.Metric("gateway.requests", ("status", "502"), ("route", "x")) == 1);
    }

    [Fact]
    public async Task A_silent_upstream_is_504_after_the_service_s_read_timeout()
    {
        var release = new TaskCompletionSource();
        await using var upstream = await RunningUpstream.StartAsync(_ => release.Task);
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url, service => service with { ReadTimeout = 200 }).Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));

        release.SetResult();
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Contains("The upstream server is timing out", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_504_after_the_service_s_connect_timeout()
    {
        // A listener whose queue is full answers no SYN.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        var waiting = new List<Socket>();
        while (waiting.Count < 16)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            waiting.Add(socket);
            try
            {
                socket.Connect(address);
            }
            catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                continue;
            }
        }

        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(new Uri($"http://{address}"), service => service with { ConnectTimeout = 150, Retries = 1 }).Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_503()
    {
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(new Uri("http://no-such-host.invalid"), service => service with { Retries = 0 }).Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("name resolution failed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upstream_without_targets_is_503()
    {
        await using var plane = await StartAsync();
        var configuration = To(new Uri("http://pets.internal"));
        configuration.Upstream("pets.internal");
        await plane.ApplyAsync(configuration.Snapshot());

        using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("failure to get a peer from the ring-balancer", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_get_requests_by_weight()
    {
        await using var heavy = await RunningUpstream.StartAsync();
        await using var light = await RunningUpstream.StartAsync();
        await using var plane = await StartAsync();
        var configuration = To(new Uri("http://pets.internal"));
        var upstream = configuration.Upstream("pets.internal");
        configuration.Target(upstream, heavy.Address, 300);
        configuration.Target(upstream, light.Address, 100);
        configuration.Target(upstream, $"127.0.0.1:{FreePorts.One()}", 0);
        await plane.ApplyAsync(configuration.Snapshot());

        for (var i = 0; i < 40; i++)
        {
            using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(30, heavy.Requests);
        Assert.Equal(10, light.Requests);
    }

    [Fact]
    public async Task Another_target_is_tried_where_one_refuses_and_the_body_arrives_whole()
    {
        await using var upstream = await RunningUpstream.StartAsync(static http => http.Request.Body.CopyToAsync(http.Response.Body));
        await using var plane = await StartAsync();
        var configuration = To(new Uri("http://pets.internal"), service => service with { Retries = 1 });
        var upstreamId = configuration.Upstream("pets.internal");
        configuration.Target(upstreamId, $"127.0.0.1:{FreePorts.One()}", 100);
        configuration.Target(upstreamId, upstream.Address, 1);
        await plane.ApplyAsync(configuration.Snapshot());

        for (var i = 0; i < 20; i++)
        {
            using var response = await plane.Client.PostAsync(new Uri("/x", UriKind.Relative), new StringContent($"body {i}"));
            Assert.Equal($"body {i}", await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(20, upstream.Requests);
    }

    [Fact]
    public async Task Without_retries_the_first_failure_is_the_answer()
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var plane = await StartAsync();
        var configuration = To(new Uri("http://pets.internal"), service => service with { Retries = 0 });
        var upstreamId = configuration.Upstream("pets.internal");
        configuration.Target(upstreamId, $"127.0.0.1:{FreePorts.One()}", 1);
        configuration.Target(upstreamId, upstream.Address, 1);
        await plane.ApplyAsync(configuration.Snapshot());

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 10; i++)
        {
            using var response = await plane.Client.GetAsync(new Uri("/x", UriKind.Relative));
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.BadGateway));
        Assert.Equal(5, upstream.Requests);
    }

    [Fact]
    public async Task What_reached_an_upstream_is_not_sent_again()
    {
        await using var upstream = await RunningUpstream.StartAsync(static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url).Snapshot());

        using var response = await plane.Client.PostAsync(new Uri("/x", UriKind.Relative), new StringContent("once"));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_passed_off_as_whole()
    {
        await using var upstream = await RunningUpstream.StartAsync(static async http =>
        {
            await http.Response.WriteAsync("begin");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url).Snapshot());

        await Assert.ThrowsAsync<HttpRequestException>(() => plane.Client.GetStringAsync(new Uri("/x", UriKind.Relative)));
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_upstream_s_work_and_is_counted_as_499()
    {
        var begun = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        await using var upstream = await RunningUpstream.StartAsync(async http =>
        {
            using var registration = http.RequestAborted.Register(() => aborted.TrySetResult());
            begun.TrySetResult();
            await aborted.Task;
        });
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url).Snapshot());

        using (var raw = new RawClient(plane.Proxy))
        {
            await raw.SendAsync("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            await begun.Task.WaitAsync(Eventually.DefaultLimit);
        }

        await aborted.Task.WaitAsync(Eventually.DefaultLimit);
        await Eventually.TrueAsync(() => plane.Metric("gateway.requests", ("status", "499")) == 1);
    }

    [Theory]
    [InlineData("GET /x HTTP/1.1\r\n\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("GET /x HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n")]
    public async Task A_malformed_request_never_reaches_an_upstream(string request)
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var plane = await StartAsync();
        await plane.ApplyAsync(To(upstream.Url).Snapshot());
        using var raw = new RawClient(plane.Proxy);

        await raw.SendAsync(request);

        Assert.StartsWith("HTTP/1.1 400", await raw.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, upstream.Requests);
    }

    private static ConfigurationBuilder To(Uri url, Func<Service, Service>? with = null)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", url, with);
        configuration.Route("x", service, route => route with { Paths = ["/x"] });
        return configuration;
    }

    private Task<RunningDataPlane> StartAsync(Action<DataPlaneOptions>? options = null, params IReadOnlyList<ProxyListener> others) => RunningDataPlane.StartAsync(
        all =>
        {
            all.Choose(way);
            options?.Invoke(all);
        },
        services: null,
        others);
}
