using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Tests.Store;

public sealed class PostgreSqlStoreTests(PostgreSqlFixture fixture) : StoreTests(fixture), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlFixture _fixture = fixture;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Control_planes_that_start_at_once_on_an_empty_database_agree()
    {
        var options = await _fixture.NewDatabaseAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunningStore.StartAsync(options), Token)));

        foreach (var store in stores)
        {
            Assert.Equal(1, (await store.Reader.HeadAsync(Token)).Revision);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_write_through_one_control_plane_is_seen_by_another()
    {
        var options = await _fixture.NewDatabaseAsync();
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);
        await using var fromOne = one.Log.WatchAsync(Token).GetAsyncEnumerator(Token);
        await using var fromOther = other.Log.WatchAsync(Token).GetAsyncEnumerator(Token);

        var first = await one.PutAsync(EntityKinds.Services, Entities.Service("through-one"));
        await UntilAsync(fromOther, first);
        var second = await other.PutAsync(EntityKinds.Services, Entities.Service("through-other"));
        await UntilAsync(fromOne, second);

        Assert.Equal(second, (await one.Log.ReadReleasesAsync(Token))[0].Revision);
        Assert.NotNull(await one.Reader.FindByAsync(EntityKinds.Services, "name", "through-other", Token));
    }

    [Fact]
    public async Task Eight_writers_on_two_control_planes_leave_a_gapless_log()
    {
        var options = await _fixture.NewDatabaseAsync();
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await (writer % 2 == 0 ? one : other).PutAsync(EntityKinds.Services, Entities.Service($"service-{writer}-{i}"));
            }
        }, Token)));

        var log = await one.Log.ReadChangesAsync(0, 81, Token);
        Assert.Equal(Enumerable.Range(1, 81).Select(i => (long)i), log.Select(entry => entry.Revision));
        Assert.Equal(81, (await other.Log.ReadSnapshotAsync(revision: null, Token)).Entities.Count);
    }

    private static async Task UntilAsync(IAsyncEnumerator<long> signals, long revision)
    {
        while (await signals.MoveNextAsync())
        {
            if (signals.Current >= revision)
            {
                return;
            }
        }
    }
}
