using System.Text.Json.Nodes;
using Gateway.Plugins.Prometheus;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.Prometheus;

public sealed class PrometheusTests
{
    [Fact]
    public async Task Requests_bytes_and_latencies_are_shown_in_Kongs_names()
    {
        await using var harness = await PluginHarness.StartAsync(static http => http.Response.WriteAsync("hello"));
        harness.Key(harness.Configuration.Consumer("ann"), "k");
        harness.Configuration.Plugin("key-auth");
        harness.Configuration.Plugin(
            "prometheus", JsonNode.Parse("""{"per_consumer":true,"status_code_metrics":true,"latency_metrics":true,"bandwidth_metrics":true}""")!.AsObject());
        await harness.ApplyAsync();

        await harness.GetAsync("/x", ("apikey", "k"));
        await PostAsync(harness, ("apikey", "k"));
        await harness.GetAsync("/x");
        await harness.GetAsync("/nowhere");
        var metrics = await ScrapeAsync(harness, "source=\"exit\",workspace=\"default\",consumer=\"\"} 1");

        Assert.Contains("# TYPE kong_http_requests_total counter", metrics);
        Assert.Contains("""kong_http_requests_total{service="x",route="x",code="200",source="service",workspace="default",consumer="ann"} 2""", metrics);
        Assert.Contains("""kong_http_requests_total{service="x",route="x",code="401",source="exit",workspace="default",consumer=""} 1""", metrics);
        Assert.Contains("""kong_http_requests_total{service="",route="",code="404",source="exit",workspace="default",consumer=""} 1""", metrics);
        Assert.Contains("""kong_bandwidth_bytes{service="x",route="x",direction="ingress",workspace="default",consumer="ann"} 3""", metrics);
        Assert.Contains("""kong_bandwidth_bytes{service="x",route="x",direction="egress",workspace="default",consumer="ann"} 10""", metrics);
        Assert.Contains("""kong_request_latency_ms_bucket{service="x",route="x",workspace="default",le="+Inf"} 3""", metrics);
        Assert.Contains("""kong_upstream_latency_ms_count{service="x",route="x",workspace="default"} 2""", metrics);
        Assert.Contains("""kong_kong_latency_ms_count{service="x",route="x",workspace="default"} 3""", metrics);
        Assert.Contains("""kong_nginx_connections_total{subsystem="http",state="active"} """, metrics);
        Assert.Contains("gateway_configuration_revision 1\n", metrics);
        Assert.DoesNotContain("kong_upstream_target_health", metrics);
    }

    [Fact]
    public async Task Nothing_of_requests_is_shown_that_was_not_asked_for()
    {
        await using var harness = await PluginHarness.StartAsync("prometheus", "{}");

        await harness.GetAsync();
        var metrics = await ScrapeAsync(harness, "kong_nginx_requests_total{subsystem=\"http\"} 1");

        Assert.DoesNotContain("service=", metrics);
    }

    [Fact]
    public async Task Counts_survive_a_republication()
    {
        await using var harness = await PluginHarness.StartAsync("prometheus", """{"status_code_metrics":true}""");
        await harness.GetAsync();
        await harness.ApplyAsync(2);
        await harness.GetAsync();

        Assert.Contains("gateway_configuration_revision 2\n", await ScrapeAsync(harness, "consumer=\"\"} 2"));
    }

    [Fact]
    public async Task Targets_show_their_health()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Target(harness.Configuration.Upstream("up"), "127.0.0.1:9");
        harness.Configuration.Plugin("prometheus", new JsonObject { ["upstream_health_metrics"] = true });
        await harness.ApplyAsync();

        var metrics = await ScrapeAsync(harness, "kong_upstream_target_health{");

        Assert.Contains("""kong_upstream_target_health{upstream="up",target="127.0.0.1:9",address="127.0.0.1:9",state="healthchecks_off",subsystem="http"} 1""", metrics);
        Assert.Contains("""kong_upstream_target_health{upstream="up",target="127.0.0.1:9",address="127.0.0.1:9",state="healthy",subsystem="http"} 0""", metrics);
    }

    [Fact]
    public void Series_beyond_the_bound_are_counted_together()
    {
        var series = new Series<Total>(2, static () => new Total());
        foreach (var route in new[] { "a", "b", "c", "d", "a", "d" })
        {
            series.For(new SeriesKey("s", route, "200", "service", string.Empty)).Add(1);
        }

        Assert.Equal(3, series.All.Count());
        Assert.Equal(3, series.All.Single(entry => entry.Key == Series<Total>.Overflow).Value.Value);
        Assert.Equal(2, series.All.Single(entry => entry.Key.Route == "a").Value.Value);
    }

    private static async Task PostAsync(PluginHarness harness, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/x", UriKind.Relative)) { Content = new StringContent("abc") };
        await harness.SendAsync(request, headers);
    }

    // A response may reach its client a moment before it is counted.
    private static async Task<string> ScrapeAsync(PluginHarness harness, string awaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var text = await harness.Plane.Client.GetStringAsync(new Uri(harness.Plane.Status, "/metrics"), limit.Token);
            if (text.Contains(awaited, StringComparison.Ordinal))
            {
                return text;
            }

            await Task.Yield();
        }
    }
}
