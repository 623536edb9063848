using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Publication;

public sealed class PublicationTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public PublicationTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Sites.Set("cloud");
    }

    private FakeRevisionLog Log => _controlPlane.Log;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_new_instance_gets_a_snapshot_and_then_deltas_with_equal_hashes()
    {
        await WriteAsync(Change.Many(5000));
        await using var dataPlane = await StartAsync("on-prem");
        await dataPlane.Applied(1);
        Log.Write(Change.Put(1, "changed"), Change.Delete(2), Change.Put(6000));
        await dataPlane.Applied(2);

        var updates = dataPlane.Target.Updates.ToArray();
        Assert.Equal([true, false], updates.Select(update => update.IsSnapshot));
        Assert.Equal([5000, 3], updates.Select(update => update.Changes.Count));
        Assert.Equal(Log.HeadHash, dataPlane.Target.Content.Hash);
        Assert.Equal(Log.HeadHash, dataPlane.Status.Hash);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Revision: 2, SyncStatus: SyncStatus.Normal, Connected: true });
        Assert.Equal(Log.HeadHash, _controlPlane.Instances.Of("on-prem")!.ConfigurationHash);
    }

    [Fact]
    public async Task A_store_where_nothing_was_written_is_published_as_an_empty_configuration()
    {
        await using var dataPlane = await StartAsync("on-prem");
        await dataPlane.Applied(0);
        Assert.True(dataPlane.Target.Updates.Single().IsSnapshot);
    }

    [Fact]
    public async Task A_refused_revision_keeps_what_was_applied_and_does_not_block_the_next()
    {
        await WriteAsync(Change.Put(1));
        var target = new FakeTarget { Refuse = update => update.Revision == 2 ? new ModelError("routes[2].paths[0]", "invalid regex") : null };
        await using var dataPlane = await StartAsync("on-prem", target);
        await dataPlane.Applied(1);

        Log.Write(Change.Put(2, "bad"));
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { SyncStatus: SyncStatus.Refused });
        Assert.Equal("routes[2].paths[0]: invalid regex", _controlPlane.Instances.Of("on-prem")!.LastRefusal);
        Assert.Equal(1, dataPlane.Status.Revision);
        Assert.Contains("invalid regex", dataPlane.Status.LastRefusal, StringComparison.Ordinal);

        Log.Write(Change.Put(2, "good"));
        await dataPlane.Applied(3);
        Assert.Equal([1L, 3], target.Updates.Select(update => update.Revision));
        Assert.Equal(Log.HeadHash, target.Content.Hash);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { SyncStatus: SyncStatus.Normal, LastRefusal: null });
    }

    [Fact]
    public async Task A_target_that_throws_is_a_refusal()
    {
        await WriteAsync(Change.Put(1));
        var target = new FakeTarget { Refuse = update => update.Revision == 1 ? throw new InvalidOperationException("out of luck") : null };
        await using var dataPlane = await StartAsync("on-prem", target);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { SyncStatus: SyncStatus.Refused });
        Log.Write(Change.Put(2));
        await dataPlane.Applied(2);
    }

    [Fact]
    public async Task A_slow_instance_gets_what_it_missed_as_one_delta_and_holds_nobody_up()
    {
        await WriteAsync(Change.Put(1));
        await using var slow = await StartAsync("on-prem");
        await using var quick = await StartAsync("cloud");
        await slow.Applied(1);
        await quick.Applied(1);

        await slow.Target.Gate.WaitAsync(TestContext.Current.CancellationToken);
        for (var revision = 2; revision <= 30; revision++)
        {
            Log.Write(Change.Put(revision));
            await quick.Applied(revision);
        }

        slow.Target.Gate.Release();
        await slow.Applied(30);

        // The one that was under way, and one for all the rest.
        Assert.Equal([1L, 2, 30], slow.Target.Updates.Select(update => update.Revision));
        Assert.Equal(28, slow.Target.Updates.Last().Changes.Count);
        Assert.Equal(quick.Status.Hash, slow.Status.Hash);
    }

    [Fact]
    public async Task What_was_read_stays_published_while_the_database_is_away()
    {
        await WriteAsync(Change.Put(1));
        await using var first = await StartAsync("on-prem");
        await first.Applied(1);
        Log.IsAway = true;
        Log.Write(Change.Put(2));

        await using var second = await StartAsync("cloud");
        await second.Applied(1);
        Assert.True(first.Status.Connected);

        Log.IsAway = false;
        await first.Applied(2);
        await second.Applied(2);
    }

    [Fact]
    public async Task A_release_that_moves_back_reaches_all()
    {
        await WriteAsync(Change.Put(1), Change.Put(2));
        Log.Write(Change.Put(1, "worse"), Change.Delete(2), Change.Put(3));
        await using var dataPlane = await StartAsync("on-prem");
        await dataPlane.Applied(2);
        Log.Release(1);
        await dataPlane.Applied(1);

        Assert.False(dataPlane.Target.Updates.Last().IsSnapshot);
        Assert.Equal(2, dataPlane.Target.Content.Entities.Count);
        Log.Release(null);
        await dataPlane.Applied(2);
        Assert.Equal(Log.HeadHash, dataPlane.Target.Content.Hash);
    }

    [Fact]
    public async Task A_stage_reaches_only_the_sites_with_its_labels()
    {
        _controlPlane.Sites.Set("on-prem", true, ("ring", "canary"));
        await WriteAsync(Change.Put(1));
        Log.Release(1);
        Log.Write(Change.Put(2));
        Log.Stage("next", 2, "ring", "canary");
        await using var staged = await StartAsync("on-prem");
        await using var stable = await StartAsync("cloud");
        await staged.Applied(2);
        await stable.Applied(1);

        // Labels count as the directory has them, at once.
        _controlPlane.Sites.Set("cloud", true, ("ring", "canary"));
        await stable.Applied(2);
    }

    /// <summary>Writes, and waits until a new instance would get it.</summary>
    private Task WriteAsync(params EntityChange[] changes) => _controlPlane.Published(Log.Write(changes));

    private Task<TestDataPlane> StartAsync(string site, FakeTarget? target = null) =>
        TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site(site), _controlPlane.Address), target);
}
