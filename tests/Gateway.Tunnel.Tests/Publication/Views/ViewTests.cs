using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Publication.Views;

/// <summary>What sites with other labels receive, over real streams, as it comes over the wire.</summary>
public sealed class ViewTests : IAsyncLifetime
{
    private static readonly EntityChange[] Limited =
    [
        Some.Put(Some.Service(1), [], "sites:region=eu"),
        Some.Put(Some.Route(1), [Some.Service(1)]),
        Some.Put(Some.Consumer(1), [], "sites:region=eu"),
        Some.Put(Some.Credential(1), [Some.Consumer(1)]),
        Some.Put(Some.Plugin(1), [Some.Route(1)]),
    ];

    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public ViewTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem", true, ("region", "eu"));
        _controlPlane.Sites.Set("cloud", true, ("region", "us"));
    }

    private FakeRevisionLog Log => _controlPlane.Log;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_limited_entity_and_all_that_belongs_to_it_reach_only_sites_with_its_label()
    {
        Log.Write([.. Limited, Some.Put(Some.Service(2), []), Some.Put(Some.Route(2), [Some.Service(2)])]);
        await _controlPlane.Published(Log.Head);
        await using var europe = Start("on-prem");
        await using var america = Start("cloud");

        await europe.Has(Log.HeadContent);
        await america.Has(Only(Some.Service(2), Some.Route(2)));

        // Each its own hash, and both are what they should be.
        Assert.NotEqual(europe.Content!.Hash, america.Content!.Hash);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("cloud") is { SyncStatus: Tunnel.Sites.SyncStatus.Normal });
    }

    [Fact]
    public async Task A_delta_names_nothing_that_the_site_neither_had_nor_may_have()
    {
        Log.Write([.. Limited, Some.Put(Some.Service(2), [])]);
        await _controlPlane.Published(Log.Head);
        await using var america = Start("cloud");
        await america.Has(Only(Some.Service(2)));

        // A change, a deletion and an addition of hidden entities, each with one that it may see.
        Log.Write(Some.Put(Some.Route(1), [Some.Service(1)], "changed"), Some.Put(Some.Service(2), [], "changed"));
        await america.Has(Only(Some.Service(2)));
        Log.Write(Some.Delete(Some.Credential(1)), Some.Put(Some.Credential(2), [Some.Consumer(1)]), Some.Put(Some.Service(3), []));
        await america.Has(Only(Some.Service(2), Some.Service(3)));
        Log.Write(Some.Delete(Some.Plugin(1)));
        await america.Has(Only(Some.Service(2), Some.Service(3)));

        Assert.Equal(
            [[Some.Service(2)], [Some.Service(2)], [Some.Service(3)], []],
            america.Updates.Select(update => update.Changes.Select(change => change.Key).ToArray()));
    }

    [Fact]
    public async Task A_limit_that_is_set_or_taken_away_moves_all_that_belongs_to_it()
    {
        Log.Write(Some.Put(Some.Service(1), []), Some.Put(Some.Route(1), [Some.Service(1)]), Some.Put(Some.Plugin(1), [Some.Route(1)]), Some.Put(Some.Service(2), []));
        await _controlPlane.Published(Log.Head);
        await using var america = Start("cloud");
        await america.Has(Log.HeadContent);

        Log.Write(Some.Put(Some.Service(1), [], "sites:region=eu"));
        await america.Has(Only(Some.Service(2)));
        Log.Write(Some.Put(Some.Service(1), []));
        await america.Has(Log.HeadContent);

        Assert.Equal([true, false, false], america.Updates.Select(update => update.IsSnapshot));
        Assert.Equal([4, 3, 3], america.Updates.Select(update => update.Changes.Count));
    }

    [Fact]
    public async Task A_change_of_a_sites_labels_changes_its_view_by_a_delta()
    {
        Log.Write([.. Limited, Some.Put(Some.Service(2), []), .. Change.Many(200)]);
        await _controlPlane.Published(Log.Head);
        await using var site = Start("cloud");
        await site.Has(Without(Limited));

        _controlPlane.Sites.Set("cloud", true, ("region", "eu"));
        await site.Has(Log.HeadContent);
        _controlPlane.Sites.Set("cloud");
        await site.Has(Without(Limited));

        Assert.Equal([(true, 201), (false, 5), (false, 5)], site.Updates.Select(update => (update.IsSnapshot, update.Changes.Count)));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Whatever_happens_each_site_has_what_it_may_and_is_told_of_nothing_else(int seed)
    {
        var random = new RandomConfiguration(seed);
        var labels = new Dictionary<string, Dictionary<string, string>>
        {
            ["on-prem"] = new() { ["region"] = "eu" },
            ["cloud"] = new() { ["region"] = "us", ["ring"] = "canary" },
        };
        _controlPlane.Sites.Set("cloud", true, ("region", "us"), ("ring", "canary"));
        Log.Write(random.Next());
        await _controlPlane.Published(Log.Head);
        await using var europe = Start("on-prem");
        await using var america = Start("cloud");
        for (var revision = 2; revision <= 60; revision++)
        {
            Log.Write(random.Next());
            if (revision % 4 == 0)
            {
                // Otherwise several are folded into one.
                await Task.WhenAll(europe.Has(random.ViewOf(Log.HeadContent, labels["on-prem"])), america.Has(random.ViewOf(Log.HeadContent, labels["cloud"])));
            }
        }

        foreach (var update in europe.Updates.Concat(america.Updates))
        {
            // What is deleted was there, what is put was not, or was something else.
            Assert.All(update.Changes, change => Assert.True(
                change.Canonical is { } canonical ? !update.Before.Entities.TryGetValue(change.Key, out var before) || !before.Span.SequenceEqual(canonical.Span) : update.Before.Entities.ContainsKey(change.Key)));
        }

        Assert.DoesNotContain(europe.Updates.Skip(1), update => update.IsSnapshot);
        Assert.DoesNotContain(america.Updates.Skip(1), update => update.IsSnapshot);
    }

    [Fact]
    public async Task A_site_that_returns_gets_a_delta_that_names_nothing_hidden()
    {
        Log.Write([.. Limited, Some.Put(Some.Service(2), [])]);
        EntitySet had;
        await using (var first = Start("cloud"))
        {
            await first.Has(Only(Some.Service(2)));
            had = first.Content!;
        }

        Log.Write(Some.Delete(Some.Credential(1)), Some.Put(Some.Service(3), []));
        await _controlPlane.Published(2);
        await using var again = Start("cloud", had);
        await again.Has(Only(Some.Service(2), Some.Service(3)));

        Assert.Equal([false], again.Updates.Select(update => update.IsSnapshot));
        Assert.Equal([Some.Service(3)], again.Updates.Single().Changes.Select(change => change.Key));
    }

    [Fact]
    public async Task Where_it_cannot_be_told_what_a_site_had_it_gets_a_snapshot_if_something_was_limited_and_a_delta_if_not()
    {
        Log.Write(Some.Put(Some.Service(1), []), Some.Put(Some.Service(2), []));
        var open = Log.HeadContent;
        Log.Write(Some.Put(Some.Service(3), []));
        var later = Log.HeadContent;
        Log.Write(Limited);
        var limited = Only(Some.Service(2), Some.Service(3));
        Log.Write([.. Limited.Select(change => Some.Delete(change.Key)), Some.Delete(Some.Service(3))]);

        // A control plane that has just started knows the log, and only the head's content.
        await RestartAsync();
        await using var unaware = Start("cloud", limited);
        await unaware.Has(Log.HeadContent);
        Assert.Equal([true], unaware.Updates.Select(update => update.IsSnapshot));

        Log.Release(2);
        await _controlPlane.Published(2);
        await RestartAsync();
        await using var aware = Start("on-prem", open);
        await aware.Has(later);
        Assert.Equal([(false, 1)], aware.Updates.Select(update => (update.IsSnapshot, update.Changes.Count)));
    }

    private async Task RestartAsync()
    {
        await _controlPlane.StopAsync();
        await _controlPlane.StartAsync();
    }

    private RawInstance Start(string site, EntitySet? applied = null) => RawInstance.Start(_controlPlane, _certificates.Site(site), applied);

    private EntitySet Only(params EntityKey[] keys) =>
        EntitySet.Of(Log.Head, Log.HeadContent.Entities.Where(entity => keys.Contains(entity.Key)).Select(entity => new EntityChange(entity.Key, entity.Value)));

    private EntitySet Without(IEnumerable<EntityChange> hidden) => Log.HeadContent.Apply(Log.Head, hidden.Select(change => Some.Delete(change.Key)));
}
