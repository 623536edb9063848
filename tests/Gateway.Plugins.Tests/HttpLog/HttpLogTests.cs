using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.HttpLog;

public sealed class HttpLogTests
{
    private readonly ConcurrentQueue<(string Method, string Authorization, JsonNode Body)> _received = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    [Fact]
    public async Task A_record_says_what_happened_in_Kongs_form()
    {
        await using var server = await RunningUpstream.StartAsync(ReceiveAsync);
        await using var harness = await PluginHarness.StartAsync(static http =>
        {
            http.Response.StatusCode = 201;
            return http.Response.WriteAsync("hello");
        });
        var ann = harness.Configuration.Consumer("ann");
        harness.Key(ann, "k");
        harness.Configuration.Plugin("key-auth");
        Configure(harness, server, """{"headers":{"Authorization":"Bearer t"}}""");
        await harness.ApplyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x/y?a=1&a=2&b=3", UriKind.Relative)) { Content = new StringContent("12345") };
        await harness.SendAsync(request, ("apikey", "k"), ("X-Test", "yes"), ("Authorization", "Basic c2VjcmV0"));
        await FlushAsync(harness);

        var (method, authorization, record) = Assert.Single(_received);
        Assert.Equal(("POST", "Bearer t"), (method, authorization));
        Assert.Equal("POST", (string?)record["request"]!["method"]);
        Assert.Equal("/x/y?a=1&a=2&b=3", (string?)record["request"]!["uri"]);
        Assert.Equal(harness.Plane.Proxy.AbsoluteUri.TrimEnd('/') + "/x/y?a=1&a=2&b=3", (string?)record["request"]!["url"]);
        Assert.Equal("""{"a":["1","2"],"b":"3"}""", record["request"]!["querystring"]!.ToJsonString());
        Assert.Equal(("yes", "REDACTED"), ((string?)record["request"]!["headers"]!["x-test"], (string?)record["request"]!["headers"]!["authorization"]));
        Assert.Equal(5, (int)record["request"]!["size"]!);
        Assert.Equal("/y?a=1&a=2&b=3", (string?)record["upstream_uri"]);
        Assert.Equal((201, 5), ((int)record["response"]!["status"]!, (int)record["response"]!["size"]!));
        Assert.Equal("201", (string?)record["upstream_status"]);
        Assert.Equal(("127.0.0.1", harness.Upstream.Url.Port), ((string?)record["tries"]![0]!["ip"], (int)record["tries"]![0]!["port"]!));
        Assert.True((int)record["latencies"]!["request"]! >= (int)record["latencies"]!["proxy"]!);
        Assert.Equal(("x", "x", "ann"), ((string?)record["route"]!["name"], (string?)record["service"]!["name"], (string?)record["consumer"]!["username"]));
        Assert.NotNull((string?)record["authenticated_entity"]!["id"]);
        Assert.Equal("127.0.0.1", (string?)record["client_ip"]);
        Assert.Equal("upstream", (string?)record["source"]);
        Assert.InRange(harness.Time.GetUtcNow().ToUnixTimeMilliseconds() - (long)record["started_at"]!, 0, 60_000);
    }

    [Fact]
    public async Task Requests_without_a_route_are_logged_too()
    {
        await using var server = await RunningUpstream.StartAsync(ReceiveAsync);
        await using var harness = await PluginHarness.StartAsync();
        Configure(harness, server, "{}");
        await harness.ApplyAsync();

        await harness.GetAsync("/nowhere");
        await FlushAsync(harness);

        var record = Assert.Single(_received).Body;
        Assert.Equal((404, "kong"), ((int)record["response"]!["status"]!, (string?)record["source"]));
        Assert.Null(record["upstream_uri"]);
        Assert.Empty(record["tries"]!.AsArray());
    }

    [Fact]
    public async Task Batches_are_arrays_and_are_sent_again_until_they_arrive()
    {
        _failures = 2;
        await using var server = await RunningUpstream.StartAsync(ReceiveAsync);
        await using var harness = await PluginHarness.StartAsync();
        Configure(harness, server, """{"method":"PUT","queue":{"max_batch_size":3,"max_coalescing_delay":3600,"initial_retry_delay":0.001}}""");
        await harness.ApplyAsync();

        for (var i = 0; i < 3; i++)
        {
            await harness.GetAsync($"/x/{i}");
        }

        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        var (method, _, body) = Assert.Single(_received);
        Assert.Equal("PUT", method);
        Assert.Equal(["/x/0", "/x/1", "/x/2"], body.AsArray().Select(record => (string?)record!["request"]!["uri"]));
        Assert.Equal(0, harness.Plane.Metric("gateway.log.dropped", ("plugin", "http-log")));
    }

    [Fact]
    public async Task A_server_that_is_away_costs_requests_nothing_and_records_are_counted()
    {
        await using var harness = await PluginHarness.StartAsync("http-log", """{"http_endpoint":"http://u:p@127.0.0.1:9/","queue":{"max_retry_time":-1}}""");

        Assert.Equal(200, (await harness.GetAsync()).Status);
        await FlushAsync(harness);

        Assert.Equal(1, harness.Plane.Metric("gateway.log.dropped", ("plugin", "http-log")));
    }

    [Theory]
    [InlineData("""{"http_endpoint":"ftp://a"}""", "config.http_endpoint")]
    [InlineData("""{"http_endpoint":"http://a","custom_fields_by_lua":{"a":"return 1"}}""", "config.custom_fields_by_lua")]
    [InlineData("""{"http_endpoint":"http://a","headers":{"Host":"b"}}""", "config.headers.Host")]
    [InlineData("""{"http_endpoint":"http://a","queue_size":5}""", "config.queue_size")]
    [InlineData("""{"http_endpoint":"http://u:p@a","headers":{"authorization":"b"}}""", "config")]
    public async Task A_config_that_cannot_run_is_refused_by_its_field(string config, string field)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("http-log", JsonNode.Parse(config)!.AsObject());

        Assert.EndsWith(field, Assert.Single((await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot())).Errors).Field, StringComparison.Ordinal);
    }

    private static void Configure(PluginHarness harness, RunningUpstream server, string config)
    {
        var full = JsonNode.Parse(config)!.AsObject();
        full["http_endpoint"] = new Uri(server.Url, "/logs").AbsoluteUri;
        harness.Configuration.Plugin("http-log", full);
    }

    // The process ends when requests, their log phase and all queues have.
    private static Task FlushAsync(PluginHarness harness) => harness.Plane.StopAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            http.Response.StatusCode = 500;
            return;
        }

        _received.Enqueue((http.Request.Method, http.Request.Headers.Authorization.ToString(), JsonNode.Parse(body)!));
        _arrived.TrySetResult();
    }
}
