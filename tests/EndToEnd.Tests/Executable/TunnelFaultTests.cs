using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>Both tunnels go through a proxy that cuts, stalls and refuses them.</summary>
public sealed class TunnelFaultTests
{
    private const string Site = "on-prem";

    [Fact]
    public async Task Cut_and_refused_tunnels_lose_no_change_and_no_count()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        await using var cluster = new FaultProxy(gateway.Ports + 5);
        await using var telemetry = new FaultProxy(gateway.Ports + 6);
        await gateway.StartAsync(gateway.ControlPlane(Site));
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"first","paths":["/first"]}""");
        var dataPlane = await gateway.StartAsync(gateway.DataPlane(0, Site, cluster.Port, telemetry.Port));
        var served = await ServeAsync(gateway, "/first", 20);

        // Nothing gets through; what is served meanwhile is counted, what changes meanwhile waits.
        telemetry.Refuse = cluster.Refuse = true;
        telemetry.Cut();
        cluster.Cut();
        served += await ServeAsync(gateway, "/first", 20);
        await gateway.PostAsync("/services/a/routes", """{"name":"second","paths":["/second"]}""");
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(gateway, "/second"));

        telemetry.Refuse = cluster.Refuse = false;
        await Eventually.TrueAsync(async () => await GetAsync(gateway, "/second") == HttpStatusCode.OK);

        // Cut again and again while requests are counted.
        for (var i = 0; i < 5; i++)
        {
            served += await ServeAsync(gateway, "/first", 10);
            telemetry.Cut();
        }

        await gateway.StopAsync(dataPlane);
        await Eventually.TrueAsync(async () => await CountedAsync(gateway, "first") == served);
    }

    [Fact]
    public async Task A_stalled_tunnel_stops_neither_requests_nor_later_changes()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        await using var cluster = new FaultProxy(gateway.Ports + 5);
        var controlPlane = gateway.ControlPlane(Site);
        controlPlane["GATEWAY_CLUSTER_HEARTBEAT_INTERVAL"] = "1";
        await gateway.StartAsync(controlPlane);
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"first","paths":["/first"]}""");
        await gateway.StartAsync(gateway.DataPlane(0, Site, cluster.Port, gateway.Ports + 6));
        await Eventually.TrueAsync(async () => await GetAsync(gateway, "/first") == HttpStatusCode.OK);

        cluster.Stall();
        await gateway.PostAsync("/services/a/routes", """{"name":"second","paths":["/second"]}""");
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, "/first"));

        // The silent stream is given up by both ends, and a new one brings the change.
        await Eventually.TrueAsync(() => cluster.Accepted >= 2);
        cluster.Resume();
        await Eventually.TrueAsync(async () => await GetAsync(gateway, "/second") == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_site_that_is_not_registered_gets_nothing()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site, "stranger");
        await gateway.StartAsync(gateway.ControlPlane(Site));
        await using var stranger = RunningProcess.Start(
            "dotnet", [GatewayInstallation.Program, "run"], gateway.DataPlane(1, "stranger", gateway.Ports + 5, gateway.Ports + 6));

        await stranger.LineAsync(line => line.Contains("stranger", StringComparison.Ordinal) && line.Contains("not registered", StringComparison.Ordinal));

        using var ready = await gateway.Http.GetAsync(new Uri($"http://127.0.0.1:{gateway.Ports + 120}/status/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    private static async Task<int> ServeAsync(GatewayInstallation gateway, string path, int requests)
    {
        await Eventually.TrueAsync(async () =>
        {
            using var status = await gateway.Http.GetAsync(new Uri($"http://127.0.0.1:{gateway.Ports + 110}/status/ready"));
            return status.IsSuccessStatusCode;
        });
        for (var i = 0; i < requests; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, path));
        }

        return requests;
    }

    private static async Task<HttpStatusCode> GetAsync(GatewayInstallation gateway, string path)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), path));
        return response.StatusCode;
    }

    private static async Task<long> CountedAsync(GatewayInstallation gateway, string route)
    {
        var answer = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(gateway.Admin, $"/analytics/requests?route={route}"));
        return (long?)answer!["total"]?["count"] ?? 0;
    }
}
