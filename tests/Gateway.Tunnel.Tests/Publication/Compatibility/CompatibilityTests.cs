using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tunnel.Tests.Publication.Compatibility;

/// <summary>A control plane of 0.2 and real data planes that claim other versions and fewer plugins.</summary>
public sealed class CompatibilityTests : IAsyncLifetime
{
    private static readonly Introductions TwoIsNew = new(
    [
        new Introduction(EntityKinds.Services, "0.2") { Field = "tls_sans" },
        new Introduction(EntityKinds.Services, "0.2") { Field = "note", Neutral = "", MayBeLeftOut = true },
        new Introduction(EntityKinds.Plugins, "0.2") { Plugin = "key-auth", Field = "config.realm", Neutral = "none" },
        new Introduction(EntityKinds.Upstreams, "0.2"),
        new Introduction(EntityKinds.Targets, "0.2") { MayBeLeftOut = true },
        new Introduction(EntityKinds.Routes, "0.1") { Field = "v" },
    ]);

    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public CompatibilityTests()
    {
        _controlPlane = new TestControlPlane(_certificates) { Configure = services => services.AddSingleton(TwoIsNew) };
        _controlPlane.Options = _controlPlane.Options with { GatewayVersion = "0.2.3" };
        _controlPlane.Sites.Set("on-prem");
    }

    private FakeRevisionLog Log => _controlPlane.Log;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task An_older_data_plane_is_served_without_what_makes_no_difference_to_it()
    {
        Log.Write(Service(new JsonObject { ["tls_sans"] = null, ["note"] = "", ["host"] = "a" }), KeyAuth("none"), Change.Put(1));
        await using var older = await StartAsync("0.1.9");
        await using var current = await StartAsync("0.2.0");
        await older.Applied(1);
        await current.Applied(1);

        Assert.Equal(["host", "id", "tags"], Fields(older, Some.Service(1)));
        Assert.Equal([], Config(older));
        Assert.Equal(["host", "id", "note", "tags", "tls_sans"], Fields(current, Some.Service(1)));
        Assert.True(older.Target.Content.Entities.ContainsKey(Change.Key(1)));
        await ListedAsync(instance => instance is { SyncStatus: SyncStatus.Normal, Version: "0.1.9", Incompatibilities: [] });
    }

    [Fact]
    public async Task What_an_older_data_plane_can_do_without_is_left_out_and_told()
    {
        Log.Write(Service(new JsonObject { ["note"] = "for people" }), new(new(EntityKinds.Targets, Guid.NewGuid()), "{}"u8.ToArray()));
        await using var older = await StartAsync("0.1.9");
        await older.Applied(1);

        Assert.Equal(["id", "tags"], Fields(older, Some.Service(1)));
        Assert.Single(older.Target.Content.Entities);
        var listed = await ListedAsync(instance => instance is { SyncStatus: SyncStatus.Normal, Incompatibilities.Count: 2 });
        Assert.Equal(["services.note", "targets"], listed.Incompatibilities.Select(problem => problem.Field));
        Assert.Null(listed.LastRefusal);

        // And goes with what was the matter.
        Log.Write(Service(new JsonObject { ["note"] = "" }));
        await older.Applied(2);
        await ListedAsync(instance => instance is { Revision: 2, Incompatibilities: [{ Field: "targets" }] });
    }

    [Fact]
    public async Task What_an_older_data_plane_would_serve_wrongly_is_held_back_until_it_is_gone()
    {
        Log.Write(Service([]));
        await using var older = await StartAsync("0.1.9");
        await older.Applied(1);

        Log.Write(Service(new JsonObject { ["tls_sans"] = "a.example" }));
        var listed = await ListedAsync(instance => instance is { SyncStatus: SyncStatus.VersionIncompatible, Revision: 1 });
        Assert.Equal("services.tls_sans: in use, and version 0.1 does not read it (allowed: version 0.2 or later, or null)", listed.LastRefusal);
        await Eventually.TrueAsync(() => older.Status.Notice?.Contains("services.tls_sans", StringComparison.Ordinal) == true);
        Log.Write(new EntityChange(new(EntityKinds.Upstreams, Guid.Empty), "{}"u8.ToArray()));
        await ListedAsync(instance => instance.Incompatibilities.Count == 2);
        Assert.Equal(1, older.Status.Revision);

        Log.Write(Service([]), new(new(EntityKinds.Upstreams, Guid.Empty), null));
        await older.Applied(4);
        await ListedAsync(instance => instance is { SyncStatus: SyncStatus.Normal, Incompatibilities: [], LastRefusal: null });
        Assert.False(older.Target.Updates.Last().IsSnapshot);
        await Eventually.TrueAsync(() => older.Status.Notice is null);
    }

    [Fact]
    public async Task A_data_plane_that_lacks_a_plugin_in_use_is_listed_with_its_name_and_keeps_what_it_had()
    {
        Log.Write(Change.Put(1), KeyAuth());
        await using var dataPlane = await StartAsync("0.2.3");
        await dataPlane.Applied(1);

        Log.Write(Some.UsePlugin(2, "rate-limiting"), Change.Put(2));
        var listed = await ListedAsync(instance => instance is { SyncStatus: SyncStatus.PluginSetIncompatible, Revision: 1 });
        Assert.Equal("plugins.rate-limiting", Assert.Single(listed.Incompatibilities).Field);
        Assert.Contains("plugins.rate-limiting: in use, and this data plane does not have it", listed.LastRefusal, StringComparison.Ordinal);
        Assert.Equal(1, dataPlane.Status.Revision);

        // Switched off, it does nothing that would be missed.
        Log.Write(Some.UsePlugin(2, "rate-limiting", enabled: false));
        await dataPlane.Applied(3);
        Assert.False(dataPlane.Target.Content.Entities.ContainsKey(Some.Plugin(2)));
        await ListedAsync(instance => instance is { SyncStatus: SyncStatus.Normal, Incompatibilities: [] });
    }

    [Fact]
    public async Task A_data_plane_that_is_upgraded_gets_what_was_held_back()
    {
        Log.Write(Some.UsePlugin(1, "rate-limiting"));
        await using (await StartAsync("0.2.3"))
        {
            await ListedAsync(instance => instance is { SyncStatus: SyncStatus.PluginSetIncompatible });
        }

        await using var upgraded = await StartAsync("0.2.3", ("key-auth", "1.0.0"), ("rate-limiting", "1.0.0"));

        await upgraded.Applied(1);
        await ListedAsync(instance => instance is { SyncStatus: SyncStatus.Normal, Connected: true });
    }

    [Fact]
    public async Task A_plugin_in_a_version_that_does_not_fit_is_told()
    {
        Log.Write(KeyAuth());
        await using var dataPlane = await StartAsync("0.2.3", ("key-auth", "7.0.0"));

        var listed = await ListedAsync(instance => instance is { SyncStatus: SyncStatus.PluginVersionIncompatible });

        Assert.Contains("plugins.key-auth: in use, and this data plane has its version 7.0.0", listed.LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_the_site_may_not_have_is_not_missed()
    {
        Log.Write(Change.Put(1), Some.UsePlugin(1, "rate-limiting", enabled: true, "sites:region=eu"));
        await using var dataPlane = await StartAsync("0.2.3");
        await dataPlane.Applied(1);
        await ListedAsync(instance => instance is { SyncStatus: SyncStatus.Normal });

        _controlPlane.Sites.Set("on-prem", true, ("region", "eu"));

        await ListedAsync(instance => instance is { SyncStatus: SyncStatus.PluginSetIncompatible });
    }

    [Theory]
    [InlineData("0.0.9")]
    [InlineData("0.3.0")]
    public async Task Any_other_version_keeps_what_it_has(string version)
    {
        Log.Write(Change.Put(1));
        await using var dataPlane = await StartAsync(version);

        var listed = await ListedAsync(instance => instance is { SyncStatus: SyncStatus.VersionIncompatible });

        Assert.Equal("gateway_version", Assert.Single(listed.Incompatibilities).Field);
        Assert.Null(dataPlane.Status.Revision);
    }

    private static EntityChange Service(JsonObject fields) => Some.Put(Some.Service(1), [], fields);

    private static EntityChange KeyAuth(string? realm = null) =>
        Some.Put(Some.Plugin(1), [], new JsonObject { ["name"] = "key-auth", ["enabled"] = true, ["config"] = realm is null ? [] : new JsonObject { ["realm"] = realm } });

    private static List<string> Fields(TestDataPlane dataPlane, EntityKey key) =>
        [.. JsonNode.Parse(dataPlane.Target.Content.Entities[key].Span)!.AsObject().Select(field => field.Key)];

    private static List<string> Config(TestDataPlane dataPlane) =>
        [.. JsonNode.Parse(dataPlane.Target.Content.Entities[Some.Plugin(1)].Span)!["config"]!.AsObject().Select(field => field.Key)];

    private async Task<InstanceState> ListedAsync(Func<InstanceState, bool> condition)
    {
        await Eventually.TrueAsync(() => _controlPlane.Instances.All.Any(condition), text: string.Join('\n', _controlPlane.Instances.All));
        return _controlPlane.Instances.All.First(condition);
    }

    private Task<TestDataPlane> StartAsync(string version, params (string Name, string Version)[] plugins)
    {
        var options = TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address) with { GatewayVersion = version };
        return TestDataPlane.StartAsync(plugins.Length == 0 ? options : options with { Plugins = plugins.ToDictionary(plugin => plugin.Name, plugin => plugin.Version) });
    }
}
