using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.DataPlane.Tests.Pipeline;
using Gateway.Model.Entities;
using Gateway.Tunnel.Subscription;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DataPlane.Tests.Configuration;

/// <summary>Which plugins a handshake asks: the route is not known then.</summary>
public sealed class HandshakePluginsTests
{
    private static readonly Uri Url = new("http://127.0.0.1:9000");

    private readonly ConfigurationStore _store;
    private readonly List<PluginInstance> _instances = [];

    public HandshakePluginsTests()
    {
        var states = new PluginStateStore();
        _store = new ConfigurationStore(
            new PluginCompiler(
                [
                    new TestPlugin.Factory("asks", 10, _ => Made(new PluginPhases { Certificate = PhaseMode.Inline })),
                    new TestPlugin.Factory("first", 20, _ => Made(new PluginPhases { Certificate = PhaseMode.Inline })),
                    new TestPlugin.Factory("other", 30, _ => Made(new PluginPhases { Access = PhaseMode.Inline })),
                ],
                new PluginHost(
                    states,
                    TimeProvider.System,
                    NullLoggerFactory.Instance,
                    new PluginLogging(new DroppedRecords(), TimeProvider.System, NullLogger<PluginLogging>.Instance)), new ReferenceResolver(new ReferenceReader("/run/secrets"))),
            states,
            NullLogger<ConfigurationStore>.Instance);
    }

    [Fact]
    public async Task A_plugin_of_a_route_is_asked_for_the_routes_server_names()
    {
        var builder = new ConfigurationBuilder();
        var route = builder.Route("r", builder.Service("s", Url), entity => entity with { Snis = ["a.test", "b.test"] });
        builder.Plugin("asks", route: route);
        builder.Plugin("other", route: route);
        await ApplyAsync(builder.Snapshot());

        Assert.Single(For("a.test"));
        Assert.Single(For("B.TEST."));
        Assert.Empty(For("c.test"));
        Assert.Empty(For(null));
    }

    [Fact]
    public async Task A_plugin_of_a_service_is_asked_for_the_names_of_all_routes_and_for_every_name_if_one_has_none()
    {
        var builder = new ConfigurationBuilder();
        var service = builder.Service("s", Url);
        builder.Route("first", service, entity => entity with { Snis = ["a.test"] });
        builder.Route("second", service, entity => entity with { Snis = ["b.test"] });
        builder.Plugin("asks", service: service);
        await ApplyAsync(builder.Snapshot(1));

        Assert.Equal((1, 1, 0), (For("a.test").Length, For("b.test").Length, For("c.test").Length));

        var more = new ConfigurationBuilder();
        var open = more.Route("third", service, entity => entity with { Paths = ["/x"] });
        await ApplyAsync(more.Delta(2));
        Assert.Equal((1, 1, 1), (For("a.test").Length, For("c.test").Length, For(null).Length));

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Routes, open).Delta(3));
        Assert.Equal((1, 0, 0), (For("a.test").Length, For("c.test").Length, For(null).Length));
    }

    [Fact]
    public async Task Global_plugins_are_always_asked_in_the_order_of_their_priority()
    {
        var builder = new ConfigurationBuilder();
        var route = builder.Route("r", builder.Service("s", Url), entity => entity with { Snis = ["a.test"] });
        builder.Plugin("asks", route: route);
        var global = builder.Plugin("first");
        await ApplyAsync(builder.Snapshot(1));

        Assert.Equal([_instances[1], _instances[0]], For("a.test"));
        Assert.Equal([_instances[1]], For(null));

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Plugins, global).Delta(2));
        Assert.Equal([_instances[0]], For("a.test"));
        Assert.Empty(For(null));
    }

    private TestPlugin Made(PluginPhases phases)
    {
        var plugin = new TestPlugin(phases);
        _instances.Add(plugin);
        return plugin;
    }

    private PluginInstance[] For(string? serverName) => _store.Current.Handshakes.For(serverName);

    private async Task ApplyAsync(ConfigurationUpdate update)
    {
        var result = await _store.ApplyAsync(update, TestContext.Current.CancellationToken);
        Assert.True(result.IsApplied, string.Join("; ", result.Errors));
    }
}
