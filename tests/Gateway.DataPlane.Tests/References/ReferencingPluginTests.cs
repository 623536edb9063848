using System.Text.Json.Nodes;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Tests.Pipeline;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DataPlane.Tests.References;

public sealed class ReferencingPluginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("references").FullName;
    private readonly Clock _clock = new();
    private readonly List<JsonObject> _made = [];
    private readonly PluginHost _host;
    private readonly ReferenceResolver _resolver;

    public ReferencingPluginTests()
    {
        _host = new PluginHost(
            new PluginStateStore(),
            _clock,
            NullLoggerFactory.Instance,
            new PluginLogging(new DroppedRecords(), _clock, NullLogger<PluginLogging>.Instance));
        _resolver = new ReferenceResolver(new ReferenceReader(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_instance_is_made_with_the_values_and_the_entity_keeps_the_references()
    {
        Write("host", "redis.example\n");
        Write("port", "6390\n");
        var (entity, canonical) = RateLimiting();

        var plugin = Make(entity, canonical);

        Assert.True(plugin.IsActive);
        var redis = Assert.Single(_made)["redis"]!;
        Assert.Equal("redis.example", (string?)redis["host"]);
        Assert.Equal("6390", redis["port"]!.ToJsonString());
        Assert.Equal("{vault://file/port}", (string?)entity.Config["redis"]!["port"]);
    }

    [Fact]
    public void A_changed_file_makes_a_new_instance_and_an_unchanged_one_does_not()
    {
        Write("host", "first");
        Write("port", "1");
        var (entity, canonical) = RateLimiting();
        var plugin = Make(entity, canonical);

        plugin.Refresh();
        Assert.Single(_made);

        Write("host", "second");
        plugin.Refresh();
        Assert.Equal(2, _made.Count);
        Assert.Equal("second", (string?)_made[1]["redis"]!["host"]);
    }

    [Fact]
    public async Task Without_a_value_the_plugin_does_nothing_until_there_is_one()
    {
        Write("host", "redis");
        var (entity, canonical) = RateLimiting();
        var plugin = Make(entity, canonical);

        Assert.False(plugin.IsActive);
        Assert.Equal(["config.redis.port: {vault://file/port} has no value"], plugin.Unresolved);
        Assert.Null(await plugin.AccessAsync(null!));

        Write("port", "6379");
        plugin.Refresh();
        Assert.True(plugin.IsActive);
        Assert.Empty(plugin.Unresolved);
        Assert.Equal(418, (await plugin.AccessAsync(null!))!.Status);
    }

    [Fact]
    public void A_value_that_breaks_its_field_s_rule_is_none_and_is_not_told()
    {
        Write("host", "redis");
        Write("port", "s3cret");
        var (entity, canonical) = RateLimiting();

        var plugin = Make(entity, canonical);

        Assert.False(plugin.IsActive);
        Assert.Equal("config.redis.port: the value is not valid", Assert.Single(plugin.Unresolved));
    }

    [Fact]
    public void Values_that_are_gone_are_used_for_a_bounded_time()
    {
        Write("host", "redis");
        Write("port", "6379");
        var (entity, canonical) = RateLimiting();
        var plugin = Make(entity, canonical);
        File.Delete(Path.Combine(_folder, "port"));

        _clock.Now += ReferencingPlugin.MaximumAge;
        plugin.Refresh();
        Assert.True(plugin.IsActive);
        Assert.NotEmpty(plugin.Unresolved);

        _clock.Now += TimeSpan.FromSeconds(1);
        plugin.Refresh();
        Assert.False(plugin.IsActive);
    }

    [Fact]
    public async Task A_plugin_that_authenticates_fails_closed()
    {
        var (entity, canonical) = Entity(new JsonObject { ["name"] = "key-auth", ["config"] = new JsonObject() });
        var factory = new TestPlugin.Factory("key-auth", 1, (_, _, errors) =>
        {
            errors.Add(new ModelError("config.key", "has no value"));
            return null;
        });
        var plugin = new ReferencingPlugin(_resolver, factory, entity, canonical, _host);

        Assert.Equal(PhaseMode.Offloaded, plugin.Phases.Access);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await plugin.AccessAsync(null!));
    }

    private ReferencingPlugin Make(Plugin entity, byte[] canonical) => new(
        _resolver,
        new TestPlugin.Factory("rate-limiting", 1, plugin =>
        {
            _made.Add(plugin.Config);
            return new TestPlugin(new PluginPhases { Access = PhaseMode.Inline }) { OnAccess = _ => new(new GatewayResponse(418)) };
        }),
        entity,
        canonical,
        _host);

    private (Plugin Entity, byte[] Canonical) RateLimiting() => Entity(new JsonObject
    {
        ["name"] = "rate-limiting",
        ["config"] = new JsonObject
        {
            ["minute"] = 5,
            ["policy"] = "redis",
            ["redis"] = new JsonObject { ["host"] = "{vault://file/host}", ["port"] = "{vault://file/port}" },
        },
    });

    private (Plugin Entity, byte[] Canonical) Entity(JsonObject input)
    {
        var result = EntitySchemas.For(EntityKinds.Plugins).Normalise(input, NormaliseMode.Insert, existing: null, _clock);
        Assert.Empty(result.Errors);
        var canonical = CanonicalForm.Write(result.Entity!);
        return (CanonicalForm.Read(canonical, ModelJson.Default.Plugin), canonical);
    }

    private void Write(string name, string value) => File.WriteAllText(Path.Combine(_folder, name), value);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
