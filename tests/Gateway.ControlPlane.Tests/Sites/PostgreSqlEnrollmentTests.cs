using Gateway.ControlPlane.Sites.Certificates;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Tests.Sites;

public sealed class PostgreSqlEnrollmentTests(PostgreSqlFixture fixture) : EnrollmentTests(fixture), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlFixture _fixture = fixture;

    [Fact]
    public async Task Of_uses_through_several_control_planes_at_once_one_wins()
    {
        var options = await _fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] };
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);
        var token = await NewTokenAsync(one);

        var redemptions = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => RedeemAsync(i % 2 == 0 ? one : other, token), Token)));

        Assert.Single(redemptions, redemption => redemption.Certificate is not null);
    }

    [Fact]
    public async Task A_certificate_that_is_revoked_through_one_control_plane_is_refused_by_another()
    {
        var options = await _fixture.NewDatabaseAsync();
        await using var one = await RunningStore.StartAsync(options);
        await using var other = await RunningStore.StartAsync(options);
        var directory = other.Get<ISiteDirectory>();
        await using var signals = directory.WatchAsync(Token).GetAsyncEnumerator(Token);

        await one.Get<CertificateRegistry>().RevokeAsync("tester", "0abc", reason: null, Token);

        while (!directory.IsRevoked("0abc"))
        {
            Assert.True(await signals.MoveNextAsync());
        }
    }
}
