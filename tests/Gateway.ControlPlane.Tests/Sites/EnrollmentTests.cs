using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Sites.Certificates;
using Gateway.ControlPlane.Sites.Enrollment;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Tests.Sites;

/// <summary>Enrolment tokens and certificates, on whichever database.</summary>
public abstract class EnrollmentTests(StoreFixture fixture)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_exchanged_once_and_both_are_on_record()
    {
        await using var store = await StartAsync();
        var token = await NewTokenAsync(store);

        var redemption = await RedeemAsync(store, token);
        var again = await RedeemAsync(store, token);

        Assert.Equal("on-prem", redemption.Certificate!.Site);
        Assert.Null(again.Certificate);
        Assert.EndsWith("was used before", again.Problem, StringComparison.Ordinal);
        var listed = Assert.Single((await store.Get<EnrollmentTokens>().ListAsync("on-prem", Token))!);
        Assert.Equal(("192.0.2.1", redemption.Certificate.SerialNumber), (listed.UsedBy, listed.SerialNumber));
        Assert.NotNull(listed.UsedAt);
        var certificate = Assert.Single(await store.Get<CertificateRegistry>().ListAsync("on-prem", 10, Token));
        Assert.Equal((redemption.Certificate.SerialNumber, "enrollment", (long?)null), (certificate.SerialNumber, certificate.Cause, certificate.RevokedAt));
    }

    [Fact]
    public async Task Of_many_uses_at_once_one_wins()
    {
        await using var store = await StartAsync();
        var token = await NewTokenAsync(store);

        var redemptions = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => RedeemAsync(store, token), Token)));

        Assert.Single(redemptions, redemption => redemption.Certificate is not null);
        Assert.Single(await store.Get<CertificateRegistry>().ListAsync(site: null, 100, Token));
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        var time = new SettableTime(Now);
        await using var store = await StartAsync(time);
        var token = await NewTokenAsync(store);

        time.Now = Now + TimeSpan.FromMinutes(15);

        Assert.EndsWith("has expired", (await RedeemAsync(store, token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_uses_nothing_up()
    {
        await using var store = await StartAsync();
        var token = await NewTokenAsync(store);

        Assert.Null((await RedeemAsync(store, token with { Secret = new byte[32] })).Certificate);
        Assert.NotNull((await RedeemAsync(store, token)).Certificate);
    }

    [Fact]
    public async Task The_token_of_a_site_that_is_disabled_deleted_or_of_a_token_taken_back_is_refused()
    {
        await using var store = await StartAsync();
        var (disabled, deleted) = (await NewTokenAsync(store), await NewTokenAsync(store));
        await store.Get<EnrollmentTokens>().DeleteAsync("tester", "on-prem", deleted.Record.Id, Token);
        await store.Get<SiteRegistry>().ChangeAsync("tester", "on-prem", enabled: false, labels: null, Token);

        Assert.EndsWith("which is disabled", (await RedeemAsync(store, disabled)).Problem, StringComparison.Ordinal);
        Assert.Equal("the token is unknown", (await RedeemAsync(store, deleted)).Problem);

        // Once more with the same name: what was handed out before is not good for it.
        await store.Get<SiteRegistry>().DeleteAsync("tester", "on-prem", Token);
        await store.Get<SiteRegistry>().CreateAsync("tester", "on-prem", enabled: true, new Dictionary<string, string>(StringComparer.Ordinal), Token);
        Assert.Equal("the token is unknown", (await RedeemAsync(store, disabled)).Problem);
    }

    [Fact]
    public async Task A_signature_that_fails_leaves_the_token_unused()
    {
        await using var store = await StartAsync();
        var token = await NewTokenAsync(store);

        await Assert.ThrowsAsync<CertificateException>(() => store.Get<ICertificateLedger>().RedeemAsync(
            token.Record.Id, token.Secret, "192.0.2.1", _ => throw new CertificateException("no key"), Token));

        Assert.NotNull((await RedeemAsync(store, token)).Certificate);
    }

    [Fact]
    public async Task There_is_no_token_for_an_unknown_site()
    {
        await using var store = await StartAsync();

        var outcome = await store.Get<EnrollmentTokens>().CreateAsync("tester", "elsewhere", TimeSpan.FromMinutes(15), Token);

        Assert.Equal(ErrorCode.NotFound, outcome.Error!.Code);
        Assert.Null(await store.Get<EnrollmentTokens>().ListAsync("elsewhere", Token));
    }

    [Fact]
    public async Task The_secret_is_not_in_the_database()
    {
        var options = await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] };
        byte[] secret;
        await using (var store = await RunningStore.StartAsync(options))
        {
            secret = (await NewTokenAsync(store)).Secret;
        }

        var dump = await fixture.DumpAsync(options);
        Assert.Equal(-1, dump.AsSpan().IndexOf(secret));
        Assert.Equal(-1, dump.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret))));
    }

    [Fact]
    public async Task A_revoked_certificate_is_known_at_once_and_after_a_restart()
    {
        var options = await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] };
        await using (var first = await RunningStore.StartAsync(options))
        {
            Assert.False(first.Get<ISiteDirectory>().IsRevoked("0abc"));
            await first.Get<CertificateRegistry>().RevokeAsync("tester", "0abc", "lost", Token);
            Assert.True(first.Get<ISiteDirectory>().IsRevoked("0abc"));
        }

        await using var second = await RunningStore.StartAsync(options);
        Assert.True(second.Get<ISiteDirectory>().IsRevoked("0abc"));
    }

    private protected async Task<RunningStore> StartAsync(TimeProvider? time = null) =>
        await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] }, time);

    private protected static async Task<NewToken> NewTokenAsync(RunningStore store) =>
        (await store.Get<EnrollmentTokens>().CreateAsync("tester", "on-prem", TimeSpan.FromMinutes(15), Token)).Value!;

    private protected static Task<TokenRedemption> RedeemAsync(RunningStore store, NewToken token) => store.Get<ICertificateLedger>().RedeemAsync(
        token.Record.Id,
        token.Secret,
        "192.0.2.1",
        site => new SignedCertificate(site, $"{Guid.NewGuid():N}", "", "", IssuanceCause.Enrollment, Now.AddDays(7)),
        Token);
}
