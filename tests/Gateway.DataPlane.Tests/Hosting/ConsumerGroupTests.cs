using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.DataPlane.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>Plugins of consumer groups, in requests of consumers that are in them.</summary>
public sealed class ConsumerGroupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consumer_meets_the_plugins_of_its_groups_and_its_own_before_those()
    {
        await using var gateway = await RunningDataPlane.StartAsync(services: AddPlugins);
        var builder = new ConfigurationBuilder();
        builder.Route("r", service: null, route => route with { Paths = ["/"] });
        var (gold, silver) = (builder.Group("gold"), builder.Group("silver"));
        var (alice, bob, carol) = (builder.Consumer("alice"), builder.Consumer("bob"), builder.Consumer("carol"));
        builder.Consumer("dave");
        builder.Member(gold, alice);
        builder.Member(silver, bob);
        var left = builder.Member(gold, bob);
        builder.Member(gold, carol);
        builder.Plugin("who");
        builder.Plugin("answer", new() { ["text"] = "everyone" });
        builder.Plugin("answer", new() { ["text"] = "gold" }, group: gold);
        builder.Plugin("answer", new() { ["text"] = "silver" }, group: silver);
        builder.Plugin("answer", new() { ["text"] = "carol" }, consumer: carol);
        await gateway.ApplyAsync(builder.Snapshot(1));

        Assert.Equal("gold", await AskAsync(gateway, "alice"));
        Assert.Equal("gold", await AskAsync(gateway, "bob"));
        Assert.Equal("carol", await AskAsync(gateway, "carol"));
        Assert.Equal("everyone", await AskAsync(gateway, "dave"));
        Assert.Equal("everyone", await AskAsync(gateway, "nobody"));

        await gateway.ApplyAsync(new ConfigurationBuilder().Delete(Gateway.Model.Entities.EntityKinds.ConsumerGroupMembers, left).Delta(2));
        Assert.Equal("silver", await AskAsync(gateway, "bob"));
    }

    // One plugin says who calls, the other which of its instances runs.
    private static void AddPlugins(IServiceCollection services)
    {
        services.AddSingleton<PluginFactory>(new TestPlugin.Factory("who", 1000, _ => new TestPlugin(new PluginPhases { Access = PhaseMode.Inline })
        {
            OnAccess = context =>
            {
                if (context.Configuration.FindConsumer(context.Http.Request.Headers["who"].ToString()) is { } consumer)
                {
                    context.Authenticate(consumer, new AuthenticatedCredential("test"));
                }

                return default;
            },
        }));
        services.AddSingleton<PluginFactory>(new TestPlugin.Factory("answer", 10, plugin => new TestPlugin(new PluginPhases { Access = PhaseMode.Inline })
        {
            OnAccess = _ => new(GatewayResponse.Error(StatusCodes.Status403Forbidden, (string)plugin.Config["text"]!)),
        }));
    }

    private static async Task<string> AskAsync(RunningDataPlane gateway, string who)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("who", who);
        using var response = await gateway.Client.SendAsync(request, Token);
        using var body = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStreamAsync(Token));
        return body.RootElement.GetProperty("message").GetString()!;
    }
}
