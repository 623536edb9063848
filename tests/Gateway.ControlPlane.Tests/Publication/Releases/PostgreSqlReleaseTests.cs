using Gateway.ControlPlane.Publication.Releases;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;

namespace Gateway.ControlPlane.Tests.Publication.Releases;

public sealed class PostgreSqlReleaseTests(PostgreSqlFixture fixture) : ReleaseTests(fixture), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlFixture _fixture = fixture;

    [Fact]
    public async Task A_stage_that_is_opened_through_one_control_plane_holds_the_writes_of_another_and_is_aborted_once()
    {
        var options = await _fixture.NewDatabaseAsync() with { Sites = [Canary] };
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);
        await using var moved = other.Log.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await moved.MoveNextAsync());

        await StageAsync(one);
        while ((await other.Log.ReadReleasesAsync(Token)).Count < 2)
        {
            Assert.True(await moved.MoveNextAsync());
        }

        await other.PutAsync(EntityKinds.Services, Entities.Service("waits"));
        Assert.Equal(1, Stable(await one.Log.ReadReleasesAsync(Token)).Revision);

        // Both replicas judge the same stage: one of them acts.
        var judged = (await one.Get<ReleaseReader>().ReadAsync(Token)).Stage!.Record;
        var aborts = await Task.WhenAll(
            one.Get<ReleaseControl>().AbortIfAsync(judged, "it fails", Token), other.Get<ReleaseControl>().AbortIfAsync(judged, "it fails", Token));
        Assert.Single(aborts, abort => abort.Error is null);
        Assert.Single((await other.Get<ReleaseReader>().ReadAsync(Token)).Moves, move => move.Action == ReleaseAction.Aborted);
    }

    [Fact]
    public async Task Writes_and_moves_at_once_leave_each_release_at_a_revision_that_exists()
    {
        var options = await _fixture.NewDatabaseAsync() with { Sites = [Canary] };
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);

        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await one.PutAsync(EntityKinds.Services, Entities.Service($"service-{i}"));
            }
        }, Token);
        for (var i = 0; i < 10; i++)
        {
            await StageAsync(other);
            await other.Get<ReleaseControl>().PromoteAsync(WriteOrigin.System("test"), Token);
        }

        await writing;

        // Everything was promoted, so what was written last is released.
        Assert.Equal([new Release(Release.StableChannel, 31, new Dictionary<string, string>())], await one.Log.ReadReleasesAsync(Token), (left, right) => (left.Channel, left.Revision) == (right.Channel, right.Revision));
    }
}
