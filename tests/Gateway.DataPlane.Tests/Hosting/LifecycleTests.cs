using System.Net;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Tests.Hosting.Support;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>Readiness, changes of configuration under load, and the end.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task It_is_ready_once_a_configuration_is_there()
    {
        await using var plane = await RunningDataPlane.StartAsync();
        using var probe = new HttpClient { BaseAddress = plane.Status };

        using var before = await probe.GetAsync(new Uri("/status/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("no configuration available", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await plane.ApplyAsync(new ConfigurationBuilder().Snapshot(7));
        using var after = await probe.GetAsync(new Uri("/status/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);

        var status = JsonNode.Parse(await probe.GetStringAsync(new Uri("/status", UriKind.Relative)))!;
        Assert.Equal(7, (long)status["configuration"]!["revision"]!);
        Assert.True((long)status["memory"]!["working_set_bytes"]! > 0);
        using var unknown = await probe.GetAsync(new Uri("/x", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var write = await probe.PostAsync(new Uri("/status", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, write.StatusCode);
    }

    [Fact]
    public async Task The_proxy_listener_does_not_tell_the_status()
    {
        await using var plane = await RunningDataPlane.StartAsync();

        using var response = await plane.Client.GetAsync(new Uri("/status", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("no Route matched", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_configuration_lose_no_request_of_a_kept_alive_connection()
    {
        await using var one = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("one"));
        await using var two = await RunningUpstream.StartAsync(static http => http.Response.WriteAsync("two"));
        await using var plane = await RunningDataPlane.StartAsync();
        var service = Guid.NewGuid();
        var configuration = To(one.Url, service);
        await plane.ApplyAsync(configuration.Snapshot(1));

        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var raw = new RawClient(plane.Proxy);
            var served = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.StartsWith("HTTP/1.1 200", await raw.GetAsync("/x"), StringComparison.Ordinal);
                served++;
            }

            return served;
        })).ToArray();
        for (var revision = 2; revision < 150; revision++)
        {
            var change = new ConfigurationBuilder();
            change.Service("x", revision % 2 == 0 ? two.Url : one.Url, entity => entity with { Id = service });
            var before = one.Requests + two.Requests;
            await plane.ApplyAsync(revision % 10 == 0 ? To(two.Url, service).Snapshot(revision) : change.Delta(revision));
            if (revision % 5 == 0)
            {
                await Eventually.TrueAsync(() => one.Requests + two.Requests > before + 8);
            }
        }

        await stop.CancelAsync();
        var total = (await Task.WhenAll(clients)).Sum();

        Assert.Equal(total, one.Requests + two.Requests);
        Assert.True(one.Requests > 0 && two.Requests > 0);
        await Eventually.TrueAsync(() => plane.Metric("gateway.requests", ("status", "200")) == total);
    }

    [Fact]
    public async Task Told_to_stop_it_serves_on_unready_then_ends_requests_in_flight()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var upstream = await RunningUpstream.StartAsync(async http =>
        {
            if (http.Request.Path == "/slow")
            {
                begun.SetResult();
                await release.Task;
            }

            await http.Response.WriteAsync("hello");
        });
        await using var plane = await RunningDataPlane.StartAsync(options => options.ShutdownDelay = TimeSpan.FromMilliseconds(700));
        await plane.ApplyAsync(To(upstream.Url, Guid.NewGuid()).Snapshot());
        using var probe = new HttpClient { BaseAddress = plane.Status };
        using var keptAlive = new RawClient(plane.Proxy);
        Assert.DoesNotContain("Connection: close", await keptAlive.GetAsync("/x"), StringComparison.Ordinal);
        var slow = plane.Client.GetStringAsync(new Uri("/x/slow", UriKind.Relative));
        await begun.Task;

        var stopping = plane.StopAsync();
        await Eventually.TrueAsync(() => plane.Services.GetRequiredService<ServingState>().IsDraining);
        using var ready = await probe.GetAsync(new Uri("/status/ready", UriKind.Relative));
        using var alive = await probe.GetAsync(new Uri("/status", UriKind.Relative));
        var last = await keptAlive.GetAsync("/x");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("shutting down", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.StartsWith("HTTP/1.1 200", last, StringComparison.Ordinal);
        Assert.Contains("Connection: close", last, StringComparison.Ordinal);
        Assert.Equal("", await keptAlive.ReadToEndAsync());
        Assert.False(stopping.IsCompleted);

        release.SetResult();
        Assert.Equal("hello", await slow);
        await stopping.WaitAsync(Eventually.DefaultLimit);
    }

    [Fact]
    public async Task Connections_are_counted()
    {
        await using var plane = await RunningDataPlane.StartAsync();
        var state = plane.Services.GetRequiredService<ServingState>();
        using (var raw = new RawClient(plane.Proxy))
        {
            await raw.GetAsync("/");
            Assert.Equal(1, state.Connections);
        }

        await Eventually.TrueAsync(() => state.Connections == 0);
    }

    private static ConfigurationBuilder To(Uri url, Guid serviceId)
    {
        var configuration = new ConfigurationBuilder();
        var service = configuration.Service("x", url, entity => entity with { Id = serviceId });
        configuration.Route("x", service, route => route with { Paths = ["/x"] });
        return configuration;
    }
}
