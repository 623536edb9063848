using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Tests.Store;

/// <summary>The database goes away and comes back. A server of its own, since other tests need theirs.</summary>
public sealed class OutageTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_away_releases_and_sites_are_known_and_writes_are_refused()
    {
        var options = await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")], PollInterval = TimeSpan.FromMilliseconds(100) };
        await using var store = await RunningStore.StartAsync(options);
        await store.PutAsync(EntityKinds.Services, Entities.Service("before"));
        var releases = await store.Log.ReadReleasesAsync(Token);
        await using var signals = store.Log.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await signals.MoveNextAsync());

        await fixture.Server!.StopAsync();

        Assert.Equal(releases, await store.Log.ReadReleasesAsync(Token));
        Assert.Equal("on-prem", (await store.Get<ISiteDirectory>().FindAsync("on-prem", Token))!.Name);
        Assert.Null(await store.Get<ISiteDirectory>().FindAsync("unknown", Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.TryPutAsync(EntityKinds.Services, Entities.Service("during")));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Log.ReadSnapshotAsync(revision: null, Token));

        await fixture.Server.StartAsync();

        await using var other = await RunningStore.StartAsync(options);
        Assert.Null(await other.Reader.FindByAsync(EntityKinds.Services, "name", "during", Token));
        var revision = await other.PutAsync(EntityKinds.Services, Entities.Service("after"));
        while (signals.Current < revision)
        {
            Assert.True(await signals.MoveNextAsync());
        }

        Assert.Equal(revision, (await store.Log.ReadReleasesAsync(Token))[0].Revision);
    }

    [Fact]
    public async Task A_control_plane_that_starts_before_its_database_waits_for_it()
    {
        var options = await fixture.NewDatabaseAsync();
        await fixture.Server!.StopAsync();
        var log = new RecordingLog();

        var starting = RunningStore.StartAsync(options, time: null, log);
        await log.UntilAsync(line => line.StartsWith($"The database 127.0.0.1:{fixture.Server.Port}/", StringComparison.Ordinal) && line.Contains("can't be reached", StringComparison.Ordinal), Token);
        Assert.False(starting.IsCompleted);
        await fixture.Server.StartAsync();

        await using var store = await starting;
        Assert.Equal(1, (await store.Reader.HeadAsync(Token)).Revision);
    }
}
