using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>Health checks by two data planes, seen through the control plane: real processes.</summary>
public sealed class UpstreamHealthTests
{
    private static readonly string[] Sites = ["on-prem", "cloud"];

    [Fact]
    public async Task A_target_that_dies_is_seen_by_every_data_plane_and_costs_no_request()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites);
        await gateway.StartAsync(gateway.ControlPlane(Sites));
        foreach (var (index, site) in Sites.Index())
        {
            await gateway.StartAsync(gateway.DataPlane(index, site, gateway.Ports + 5, gateway.Ports + 6));
        }

        await using var steady = HttpUpstream.Start("steady");
        var shaky = HttpUpstream.Start("shaky");
        await gateway.PostAsync(
            "/upstreams",
            """
            {"name":"pets.internal","healthchecks":{"active":{
              "healthy":{"interval":0.2,"successes":1},"unhealthy":{"interval":0.2,"tcp_failures":1,"timeouts":1}}}}
            """);
        await gateway.PostAsync("/upstreams/pets.internal/targets", $$"""{"target":"{{steady.Address.Authority}}"}""");
        await gateway.PostAsync("/upstreams/pets.internal/targets", $$"""{"target":"{{shaky.Address.Authority}}"}""");
        await gateway.PostAsync("/services", """{"name":"pets","url":"http://pets.internal"}""");
        await gateway.PostAsync("/services/pets/routes", """{"name":"pets","paths":["/pets"]}""");
        await Eventually.TrueAsync(async () => await SeenAsync(gateway, shaky.Address, "HEALTHY"));

        await shaky.DisposeAsync();

        await Eventually.TrueAsync(async () => await SeenAsync(gateway, shaky.Address, "UNHEALTHY"));
        Assert.True(await SeenAsync(gateway, steady.Address, "HEALTHY"));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("steady", await gateway.Http.GetStringAsync(new Uri(gateway.Proxy(i % 2), "/pets")));
        }
    }

    /// <summary>Whether both data planes, and so the whole, find the target like this.</summary>
    private static async Task<bool> SeenAsync(GatewayInstallation gateway, Uri target, string health)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Admin, "/upstreams/pets.internal/health"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var shown = (await response.Content.ReadFromJsonAsync<JsonObject>())!["data"]!.AsArray().Single(item => (string)item!["target"]! == target.Authority)!;
        var sites = shown["data_planes"]!.AsArray().Where(plane => (string)plane!["health"]! == health).Select(plane => (string)plane!["site"]!);
        return (string)shown["health"]! == health && sites.Order(StringComparer.Ordinal).SequenceEqual(["cloud", "on-prem"]);
    }
}
