using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Tests.Sites;

public sealed class PostgreSqlSiteTests(PostgreSqlFixture fixture) : SiteTests(fixture), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlFixture _fixture = fixture;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_that_is_disabled_through_one_control_plane_is_disabled_at_another()
    {
        var options = await _fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] };
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);
        var directory = other.Get<ISiteDirectory>();
        await using var signals = directory.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True((await directory.FindAsync("on-prem", Token))!.Enabled);

        await one.Get<SiteRegistry>().ChangeAsync("tester", "on-prem", enabled: false, labels: null, Token);

        while ((await directory.FindAsync("on-prem", Token))!.Enabled)
        {
            Assert.True(await signals.MoveNextAsync());
        }
    }

    [Fact]
    public async Task A_site_that_was_registered_through_another_control_plane_is_found()
    {
        var options = await _fixture.NewDatabaseAsync();
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);

        await one.Get<SiteRegistry>().CreateAsync("tester", "cloud", enabled: true, new Dictionary<string, string>(StringComparer.Ordinal), Token);

        Assert.NotNull(await other.Get<ISiteDirectory>().FindAsync("cloud", Token));
    }
}
