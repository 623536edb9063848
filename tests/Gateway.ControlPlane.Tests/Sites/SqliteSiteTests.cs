using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Tests.Fixtures;

namespace Gateway.ControlPlane.Tests.Sites;

public sealed class SqliteSiteTests(SqliteFixture fixture) : SiteTests(fixture), IClassFixture<SqliteFixture>
{
    private readonly SqliteFixture _fixture = fixture;

    [Fact]
    public async Task What_a_killed_control_plane_had_connected_is_not_connected_to_the_next()
    {
        var options = await _fixture.NewDatabaseAsync();
        var time = new SettableTime(Now);
        await using (var killed = await RunningStore.StartAsync(options, time))
        {
            killed.Get<InstanceDirectory>().Report(State() with { Connected = true });
            await killed.Get<InstanceDirectory>().WriteAsync(TestContext.Current.CancellationToken);
        }

        await using var next = await RunningStore.StartAsync(options, time);

        Assert.False(Assert.Single(await next.Get<InstanceReader>().ListAsync(after: null, 10, TestContext.Current.CancellationToken)).Connected);
    }
}
