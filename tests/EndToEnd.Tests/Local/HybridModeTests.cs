using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Local;

/// <summary>What hybrid mode promises, with real processes: one control plane, two data planes.</summary>
public sealed class HybridModeTests(LocalInstance instance) : IClassFixture<LocalInstance>
{
    private const string Key = "demo-key";

    [Fact]
    public async Task A_change_through_the_Admin_API_is_served_by_both_data_planes_within_a_second()
    {
        var path = await instance.AddRouteAsync();

        await Task.WhenAll(instance.Proxies.Select(proxy =>
            Eventually.TrueAsync(async () => await instance.GetAsync(proxy, path) == HttpStatusCode.OK, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task Both_data_planes_are_listed_at_the_same_revision_and_hash()
    {
        await instance.AddRouteAsync();

        await Eventually.TrueAsync(async () =>
        {
            var listed = await instance.DataPlanesAsync();
            return listed.Count == 2
                && listed.Select(item => (string)item["site"]!).Order().SequenceEqual(["cloud", "on-prem"])
                && listed.Select(item => (long)item["revision"]!).Distinct().Count() == 1
                && listed.Select(item => (string)item["config_hash"]!).Distinct().Single().Length == 64
                && listed.All(item => (string)item["sync_status"]! == "normal");
        });
    }

    [Fact]
    public async Task The_sample_needs_its_key_and_limits_its_rate_and_correlates_requests()
    {
        using var refused = await instance.Http.GetAsync(new Uri(instance.Proxies[0], "/pets"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(instance.Proxies[0], "/pets"));
        request.Headers.Add("apikey", Key);
        using var answered = await instance.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.True(answered.Headers.Contains("RateLimit-Remaining"), answered.Headers.ToString());
        Assert.True(answered.Headers.Contains("Kong-Request-ID"), answered.Headers.ToString());
    }

    [Fact]
    public async Task A_deleted_route_is_gone_from_both_data_planes()
    {
        var path = await instance.AddRouteAsync();
        await Task.WhenAll(instance.Proxies.Select(proxy => Eventually.TrueAsync(async () => await instance.GetAsync(proxy, path) == HttpStatusCode.OK)));

        using var deleted = await instance.Http.DeleteAsync(new Uri(instance.Admin, "/routes" + path));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        await Task.WhenAll(instance.Proxies.Select(proxy =>
            Eventually.TrueAsync(async () => await instance.GetAsync(proxy, path) == HttpStatusCode.NotFound, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task Data_planes_outlive_the_control_plane_restart_from_their_cache_and_catch_up()
    {
        var before = await instance.AddRouteAsync();
        foreach (var proxy in instance.Proxies)
        {
            await Eventually.TrueAsync(async () => await instance.GetAsync(proxy, before) == HttpStatusCode.OK);
        }

        await instance.KillAsync("control-plane");
        foreach (var proxy in instance.Proxies)
        {
            Assert.Equal(HttpStatusCode.OK, await instance.GetAsync(proxy, before));
        }

        // No control plane anywhere: what it serves now comes from its disk.
        await instance.KillAsync("on-prem");
        await instance.StartAsync("on-prem");
        await Eventually.TrueAsync(async () => await instance.GetAsync(instance.Proxies[0], before) == HttpStatusCode.OK);
        AssertNothingReadableInCache();

        await instance.StartAsync("control-plane");
        await Eventually.TrueAsync(async () => (await instance.DataPlanesAsync()).Count == 2);
        var after = await instance.AddRouteAsync();
        foreach (var proxy in instance.Proxies)
        {
            await Eventually.TrueAsync(async () => await instance.GetAsync(proxy, after) == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_change_made_while_a_data_plane_was_away_reaches_it_when_it_returns()
    {
        await instance.KillAsync("cloud");
        var path = await instance.AddRouteAsync();
        await Eventually.TrueAsync(async () => await instance.GetAsync(instance.Proxies[0], path) == HttpStatusCode.OK);

        await instance.StartAsync("cloud");

        await Eventually.TrueAsync(async () => await instance.GetAsync(instance.Proxies[1], path) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_are_counted_exactly_once_by_the_control_plane()
    {
        const int Requests = 25;
        var path = await instance.AddRouteAsync();
        foreach (var proxy in instance.Proxies)
        {
            await Eventually.TrueAsync(async () => (await instance.DataPlanesAsync()).All(item => (string)item["sync_status"]! == "normal"));
        }

        var expected = 0L;
        foreach (var proxy in instance.Proxies)
        {
            await Eventually.TrueAsync(async () =>
            {
                var status = await instance.GetAsync(proxy, path);
                expected += status == HttpStatusCode.OK ? 1 : 0;
                return status == HttpStatusCode.OK;
            });
            for (var i = 0; i < Requests; i++)
            {
                Assert.Equal(HttpStatusCode.OK, await instance.GetAsync(proxy, path));
                expected++;
            }
        }

        var url = new Uri(instance.Admin, $"/analytics/requests?route={path[1..]}");
        await Eventually.TrueAsync(async () => await TotalAsync(url) == expected);
    }

    private async Task<long> TotalAsync(Uri url)
    {
        var answer = await instance.Http.GetFromJsonAsync<JsonObject>(url);
        return (long?)answer!["total"]?["count"] ?? 0;
    }

    private void AssertNothingReadableInCache()
    {
        // The lock is held by the data plane, and empty.
        var files = Directory.GetFiles(Path.Combine(instance.State, "cache", "on-prem"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.DoesNotContain("petstore", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        }
    }
}
