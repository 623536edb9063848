using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>What the control plane's layer brings to every gateway of an environment, brought to a real one.</summary>
public sealed class BaseConfigurationTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task A_site_that_reaches_the_user_pool_alone_serves_and_says_what_it_goes_without(string environment)
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("factory");
        await gateway.StartAsync(gateway.ControlPlane("factory"));
        var settings = new Dictionary<string, string?>(gateway.DataPlane(0, "factory", gateway.Ports + 5, gateway.Ports + 6))
        {
            // Nobody listens there.
            ["OIDC_ISSUER"] = "http://127.0.0.1:1/pool",
            ["OIDC_CLIENT_ID"] = "gateway",
            ["OIDC_CLIENT_SECRET"] = "secret of the client",
            ["REDIS_HOST"] = null,
            ["OPENSEARCH_ENDPOINT"] = null,
        };
        await gateway.StartAsync(settings);

        var sync = await GatewayInstallation.RunAsync(
            null, "config", "sync", Repository.PathOf("stacks", "base", environment), "--select-tag", "base", "--admin-url", gateway.Admin.AbsoluteUri);
        Assert.True(sync.ExitCode == 0, sync.Output + sync.Error);

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, "/.well-known/gateway/ping") == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/.well-known/gateway/signed-in"));
        var status = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri($"http://{settings["GATEWAY_STATUS_LISTEN"]}/status"));
        Assert.Equal(
            ["opensearch-log", "rate-limiting-advanced"],
            status!["unresolved_references"]!.AsArray().Where(static plugin => !(bool)plugin!["active"]!).Select(static plugin => (string)plugin!["name"]!).Order(StringComparer.Ordinal));
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayInstallation gateway, string path)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), path));
        return response.StatusCode;
    }
}
