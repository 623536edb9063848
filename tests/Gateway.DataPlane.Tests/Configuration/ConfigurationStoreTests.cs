using System.Text.Json.Nodes;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Routing;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.DataPlane.Tests.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Tunnel.Subscription;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DataPlane.Tests.Configuration;

public sealed class ConfigurationStoreTests
{
    private static readonly Uri Url = new("http://127.0.0.1:9000");

    private readonly PluginStateStore _states = new();
    private readonly ConfigurationStore _store;
    private int _instances;

    public ConfigurationStoreTests()
    {
        var factory = new TestPlugin.Factory("test", 10, (plugin, host, errors) =>
        {
            if (plugin.Config["bad"] is not null)
            {
                errors.Add(new ModelError("config.bad", "unknown field"));
                return null;
            }

            host.State.GetOrAdd(plugin.Id, () => new object());
            _instances++;
            return new TestPlugin(new PluginPhases { Access = PhaseMode.Inline });
        });
        _store = new ConfigurationStore(
            new PluginCompiler([factory], new PluginHost(
                _states,
                TimeProvider.System,
                NullLoggerFactory.Instance,
                new PluginLogging(new DroppedRecords(), TimeProvider.System, NullLogger<PluginLogging>.Instance)), new ReferenceResolver(new ReferenceReader("/run/secrets"))),
            _states,
            NullLogger<ConfigurationStore>.Instance);
    }

    [Fact]
    public async Task A_snapshot_is_all_there_is()
    {
        await ApplyAsync(Routed("/old", out _).Snapshot(1));
        await ApplyAsync(Routed("/new", out _).Snapshot(2));

        Assert.Null(Find("/old"));
        Assert.NotNull(Find("/new"));
        Assert.Equal(2, _store.Current.Revision);
        Assert.Single(_store.Current.Services);
    }

    [Fact]
    public async Task A_delta_changes_what_it_names_and_shares_the_rest()
    {
        var builder = Routed("/kept", out var service);
        var changed = builder.Route("changed", service, route => route with { Paths = ["/before"] });
        await ApplyAsync(builder.Snapshot(1));
        var kept = Find("/kept");

        var delta = new ConfigurationBuilder();
        delta.Put(EntityKinds.Routes, new Route { Id = changed, Paths = ["/after"], Service = new EntityReference(service) }, ModelJson.Default.Route);
        await ApplyAsync(delta.Delta(2));

        Assert.Same(kept, Find("/kept"));
        Assert.Null(Find("/before"));
        Assert.Equal(changed, Find("/after")?.Id);
    }

    [Fact]
    public async Task A_deleted_route_is_gone()
    {
        var builder = Routed("/a", out var service);
        var route = builder.Route("b", service, route => route with { Paths = ["/b"] });
        await ApplyAsync(builder.Snapshot(1));

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Routes, route).Delta(2));

        Assert.Null(Find("/b"));
        Assert.NotNull(Find("/a"));
    }

    [Fact]
    public async Task Routes_of_a_disabled_service_match_nothing_until_it_is_enabled()
    {
        await ApplyAsync(Routed("/a", out var service).Snapshot(1));
        var disabled = new ConfigurationBuilder();
        disabled.Put(EntityKinds.Services, new Service { Id = service, Host = "127.0.0.1", Enabled = false }, ModelJson.Default.Service);
        await ApplyAsync(disabled.Delta(2));
        Assert.Null(Find("/a"));

        var enabled = new ConfigurationBuilder();
        enabled.Put(EntityKinds.Services, new Service { Id = service, Host = "127.0.0.1", Enabled = true }, ModelJson.Default.Service);
        await ApplyAsync(enabled.Delta(3));
        Assert.NotNull(Find("/a"));
    }

    [Fact]
    public async Task An_unchanged_plugin_keeps_its_instance_over_deltas_and_snapshots()
    {
        var id = Guid.NewGuid();
        var first = new ConfigurationBuilder();
        first.Plugin("test", new JsonObject { ["a"] = 1 }, id: id);
        await ApplyAsync(first.Snapshot(1));
        await ApplyAsync(Routed("/x", out _).Delta(2));
        await ApplyAsync(first.Snapshot(3));
        Assert.Equal(1, _instances);

        var changed = new ConfigurationBuilder();
        changed.Plugin("test", new JsonObject { ["a"] = 2 }, id: id);
        await ApplyAsync(changed.Delta(4));
        Assert.Equal(2, _instances);
    }

    [Fact]
    public async Task A_plugin_s_state_outlives_changes_and_ends_with_its_entity()
    {
        var id = Guid.NewGuid();
        var builder = new ConfigurationBuilder();
        builder.Plugin("test", [], id: id);
        await ApplyAsync(builder.Snapshot(1));
        var state = _states.GetOrAdd<object>(id, () => "made anew");

        var changed = new ConfigurationBuilder();
        changed.Plugin("test", new JsonObject { ["a"] = 2 }, id: id);
        await ApplyAsync(changed.Delta(2));
        Assert.Same(state, _states.GetOrAdd<object>(id, () => "made anew"));

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Plugins, id).Delta(3));
        Assert.Equal("made anew", _states.GetOrAdd<object>(id, () => "made anew"));
    }

    [Fact]
    public async Task A_disabled_plugin_does_not_run()
    {
        var builder = new ConfigurationBuilder();
        builder.Plugin("test", enabled: false);
        await ApplyAsync(builder.Snapshot(1));

        Assert.Empty(_store.Current.GlobalChain.Access);
    }

    [Fact]
    public async Task Upstreams_are_found_by_name_and_follow_their_targets()
    {
        var builder = new ConfigurationBuilder();
        var upstream = builder.Upstream("pets");
        var target = builder.Target(upstream, "10.0.0.1:8000", 10);
        await ApplyAsync(builder.Snapshot(1));
        Assert.Equal(["10.0.0.1:8000"], Targets());

        var more = new ConfigurationBuilder();
        more.Target(upstream, "10.0.0.2:8000");
        await ApplyAsync(more.Delta(2));
        Assert.Equal(["10.0.0.1:8000", "10.0.0.2:8000"], Targets());

        await ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Targets, target).Delta(3));
        Assert.Equal(["10.0.0.2:8000"], Targets());

        IEnumerable<string> Targets() => _store.Current.FindUpstream("PETS")!.Targets.Select(model => model.Authority);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "routes", """{"id":"ID","paths":["/x"],"service":{"id":"11111111-1111-1111-1111-111111111111"}}""", "service" },
        { "routes", """{"id":"ID","paths":["~/(unclosed"]}""", "paths[0]" },
        { "routes", """{"id":"ID","paths":["~/a++"]}""", "paths[0]" },
        { "routes", """{"id":"ID","headers":{"x":["~*("]}}""", "headers.x" },
        { "routes", """{"id":"ID","paths":7}""", "$.paths" },
        { "services", """{"id":"ID","host":"h","protocol":"tcp"}""", "protocol" },
        { "services", """{"id":"ID","host":"h","port":0}""", "port" },
        { "upstreams", """{"id":"ID","name":"u","algorithm":"random"}""", "algorithm" },
        { "targets", """{"id":"ID","target":"h:80","upstream":{"id":"11111111-1111-1111-1111-111111111111"}}""", "upstream" },
        { "keyauth_credentials", """{"id":"ID","key_hash":"beef","consumer":{"id":"11111111-1111-1111-1111-111111111111"}}""", "key_hash" },
        { "credential_hash_keys", """{"id":"ID","secret":"short"}""", "secret" },
        { "plugins", """{"id":"ID","name":"no-such-plugin","config":{}}""", "name" },
        { "plugins", """{"id":"ID","name":"test","config":{"bad":1}}""", "config.bad" },
        { "plugins", """{"id":"ID","name":"test","config":{},"route":{"id":"11111111-1111-1111-1111-111111111111"}}""", "route" },
        { "gadgets", """{"id":"ID"}""", "gadgets" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_run_is_refused_whole_and_by_its_field(string kind, string json, string field)
    {
        await ApplyAsync(Routed("/serving", out _).Snapshot(1));
        var before = _store.Current;
        var id = Guid.NewGuid();
        var update = Routed("/also", out _).Raw(kind, id, json.Replace("ID", id.ToString(), StringComparison.Ordinal)).Delta(2);

        var result = await _store.ApplyAsync(update, CancellationToken.None);

        Assert.False(result.IsApplied);
        Assert.Contains(result.Errors, error => error.ToString().Contains(field, StringComparison.Ordinal));
        Assert.Same(before, _store.Current);
    }

    [Fact]
    public async Task Deleting_what_others_refer_to_is_refused()
    {
        await ApplyAsync(Routed("/a", out var service).Snapshot(1));

        var result = await _store.ApplyAsync(new ConfigurationBuilder().Delete(EntityKinds.Services, service).Delta(2), CancellationToken.None);

        Assert.Contains(result.Errors, error => error.Field.StartsWith("routes[", StringComparison.Ordinal) && error.Field.EndsWith("].service", StringComparison.Ordinal));
        Assert.NotNull(Find("/a"));
    }

    [Fact]
    public async Task What_refers_to_each_other_may_go_in_one_update_in_any_order()
    {
        var builder = new ConfigurationBuilder();
        var service = builder.Service("a", Url);
        var route = builder.Route("a", service, route => route with { Paths = ["/a"] });
        builder.Plugin("test", [], route: route);
        var snapshot = builder.Snapshot(1);
        await ApplyAsync(snapshot with { Changes = [.. snapshot.Changes.Reverse()] });

        var plugin = _store.Current.PluginEntities.Keys.Single();
        await ApplyAsync(new ConfigurationBuilder()
            .Delete(EntityKinds.Services, service).Delete(EntityKinds.Routes, route).Delete(EntityKinds.Plugins, plugin).Delta(2));

        Assert.Empty(_store.Current.Services);
        Assert.Empty(_store.Current.Referrers);
    }

    [Fact]
    public async Task One_plugin_twice_in_one_scope_is_refused()
    {
        var builder = new ConfigurationBuilder();
        builder.Plugin("test");
        builder.Plugin("test");

        var result = await _store.ApplyAsync(builder.Snapshot(1), CancellationToken.None);

        Assert.Contains(result.Errors, error => error.Problem.Contains("configured twice", StringComparison.Ordinal));
        Assert.False(_store.HasConfiguration);
    }

    [Fact]
    public async Task Two_consumers_may_swap_their_names_in_one_update()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var before = new ConfigurationBuilder();
        before.Consumer("ann", consumer => consumer with { Id = one });
        before.Consumer("bob", consumer => consumer with { Id = two });
        await ApplyAsync(before.Snapshot(1));
        var after = new ConfigurationBuilder();
        after.Consumer("bob", consumer => consumer with { Id = one });
        after.Consumer("ann", consumer => consumer with { Id = two });
        await ApplyAsync(after.Delta(2));

        Assert.Equal(one, _store.Current.FindConsumer("bob")?.Id);
        Assert.Equal(two, _store.Current.FindConsumer("ann")?.Id);
    }

    [Fact]
    public async Task An_error_never_shows_a_secret()
    {
        const string Secret = "c2VjcmV0LXNlY3JldA==";
        var id = Guid.NewGuid();

        var result = await _store.ApplyAsync(
            new ConfigurationBuilder().Raw(EntityKinds.CredentialHashKeys, id, $$"""{"id":"{{id}}","secret":"{{Secret}}"}""").Snapshot(1), CancellationToken.None);

        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal));
    }

    private async Task ApplyAsync(ConfigurationUpdate update)
    {
        var result = await _store.ApplyAsync(update, CancellationToken.None);
        Assert.True(result.IsApplied, string.Join("; ", result.Errors));
    }

    private static ConfigurationBuilder Routed(string path, out Guid service)
    {
        var builder = new ConfigurationBuilder();
        service = builder.Service("s" + path.Trim('/'), Url);
        builder.Route("r" + path.Trim('/'), service, route => route with { Paths = [path] });
        return builder;
    }

    private RouteModel? Find(string path) => _store.Current.Router.TryMatch(
        new RouteRequest { Method = "GET", Host = "any", Port = 80, Path = path.AsMemory(), IsTls = false }, out var match)
        ? match.Route
        : null;
}
