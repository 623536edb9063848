using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Telemetry;
using Gateway.Plugins.Tests.Authentication;
using Gateway.Plugins.Tests.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins.Tests;

/// <summary>What plugins allocate for a request: bytes of all phases, once the code is as it stays and the caller has been seen.</summary>
public sealed class ChainAllocationTests
{
    private const int Requests = 2_000;

    [Fact]
    public async Task A_key_a_limit_and_an_id_take_at_most_512_bytes()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Key(harness.Configuration.Consumer("ann", consumer => consumer with { CustomId = "a" }), "a key of some length");
        harness.Configuration.Plugin("key-auth");
        harness.Configuration.Plugin("rate-limiting", new JsonObject { ["minute"] = 1_000_000, ["hour"] = 10_000_000 });
        harness.Configuration.Plugin("correlation-id", new JsonObject { ["header_name"] = "Kong-Request-ID", ["echo_downstream"] = true });
        await harness.ApplyAsync();

        Assert.InRange(AllocatedPerRequest(harness, "apikey", "a key of some length"), 1, 512);
    }

    [Fact]
    public async Task A_token_and_groups_take_at_most_1024_bytes()
    {
        using var keys = new TestKeys();
        await using var harness = await JwtHarness.StartAsync(keys, "ES256", new JsonObject { ["claims_to_verify"] = new JsonArray("exp") });
        harness.Configuration.Plugin("acl", new JsonObject { ["deny"] = new JsonArray("banned") });
        await harness.ApplyAsync(2);
        var token = keys.Sign("ES256", JwtHarness.Claims(("exp", harness.Time.GetUtcNow().ToUnixTimeSeconds() + 60)));

        Assert.InRange(AllocatedPerRequest(harness, "Authorization", "Bearer " + token), 1, 1024);
    }

    [Fact]
    public async Task A_password_that_was_verified_takes_at_most_512_bytes()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.BasicAuth(harness.Configuration.Consumer("ann"), "ann", "correct horse battery staple");
        harness.Configuration.Plugin("basic-auth");
        await harness.ApplyAsync();

        Assert.InRange(AllocatedPerRequest(harness, "Authorization", Credentials.Basic("ann:correct horse battery staple")), 1, 512);
    }

    private static long AllocatedPerRequest(PluginHarness harness, string header, string value)
    {
        var services = harness.Plane.Services;
        var (phases, configuration) = (services.GetRequiredService<PhaseRunner>(), services.GetRequiredService<ConfigurationStore>().Current);
        var plan = new RoutePlan(configuration, configuration.Routes[harness.Route], services.GetRequiredService<RequestMetrics>());
        var connection = new ProxyConnection(peer: null, localPort: 0, isTrusted: false);
        var context = new RequestContext(responses: null!);
        var http = new DefaultHttpContext();
        http.Request.Headers[header] = value;

        long allocated = 0;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Requests; i++)
            {
                context.Begin(http, connection, configuration, "id");
                ConsumerHeaders.Clear(http.Request.Headers);
                http.Request.Headers.Remove("Kong-Request-ID");
                http.Response.Headers.Remove("Kong-Request-ID");
                context.Plan = plan;
                context.Chain = plan.Chain;
                Passes(phases.AccessAsync(context));
                Passes(phases.ResponseAsync(context));
                Passes(phases.LogAsync(context));
                Assert.NotNull(context.Credential);
                context.End();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)allocated / Requests} bytes per request"));
        return allocated / Requests;
    }

    private static void Passes(ValueTask<GatewayResponse?> phase)
    {
        Assert.True(phase.IsCompletedSuccessfully);
        Assert.Null(phase.Result);
    }
}
