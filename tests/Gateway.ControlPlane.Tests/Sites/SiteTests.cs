using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Sites;

namespace Gateway.ControlPlane.Tests.Sites;

/// <summary>Which sites may join, and what is known of their instances, on whichever database.</summary>
public abstract class SiteTests(StoreFixture fixture)
{
    private protected static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_of_the_options_is_registered_once_and_then_left_as_it_is()
    {
        var options = await fixture.NewDatabaseAsync() with
        {
            Sites = [new SiteRegistration("on-prem") { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "eu" } }],
        };
        await using (var first = await RunningStore.StartAsync(options))
        {
            Assert.Equal("eu", (await first.Get<ISiteDirectory>().FindAsync("on-prem", Token))!.Labels["region"]);
            await first.Get<SiteRegistry>().ChangeAsync("tester", "on-prem", enabled: false, labels: null, Token);
        }

        await using var second = await RunningStore.StartAsync(options);

        Assert.False((await second.Get<ISiteDirectory>().FindAsync("on-prem", Token))!.Enabled);
    }

    [Fact]
    public async Task A_site_that_is_disabled_is_seen_at_once_and_signalled()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] });
        var directory = store.Get<ISiteDirectory>();
        await using var signals = directory.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await signals.MoveNextAsync());
        var before = signals.Current;

        await store.Get<SiteRegistry>().ChangeAsync("tester", "on-prem", enabled: false, labels: null, Token);

        Assert.False((await directory.FindAsync("on-prem", Token))!.Enabled);
        while (signals.Current == before)
        {
            Assert.True(await signals.MoveNextAsync());
        }
    }

    [Fact]
    public async Task A_site_that_nobody_registered_is_taken_in_only_where_the_CA_alone_decides()
    {
        await using var closed = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        Assert.Null(await closed.Get<ISiteDirectory>().AdmitAsync("on-prem", Token));

        await using var open = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { AdmitsAnySite = true });
        var directory = open.Get<ISiteDirectory>();
        Assert.Null(await directory.FindAsync("on-prem", Token));

        var admitted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => directory.AdmitAsync("on-prem", Token).AsTask()));

        Assert.All(admitted, site => Assert.True(site is { Name: "on-prem", Enabled: true }));
        await open.Get<SiteRegistry>().ChangeAsync("tester", "on-prem", enabled: false, labels: null, Token);
        Assert.False((await directory.AdmitAsync("on-prem", Token))!.Enabled);
        Assert.Null(await directory.AdmitAsync("Not_A_Name", Token));
    }

    [Fact]
    public async Task A_site_that_is_deleted_is_unknown()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { Sites = [new SiteRegistration("on-prem")] });

        await store.Get<SiteRegistry>().DeleteAsync("tester", "on-prem", Token);

        Assert.Null(await store.Get<ISiteDirectory>().FindAsync("on-prem", Token));
    }

    [Fact]
    public async Task The_newest_report_of_an_instance_is_kept()
    {
        var time = new SettableTime(Now);
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync(), time);
        var directory = store.Get<InstanceDirectory>();
        var state = State() with { Revision = 7, Connected = true, SyncStatus = SyncStatus.Normal };

        directory.Report(state);
        await directory.WriteAsync(Token);
        directory.Report(state with { Revision = 8, LastSeen = Now.AddSeconds(1), LastRefusal = "services[0].host: required field missing", SyncStatus = SyncStatus.HashMismatch });
        directory.Report(state with { Revision = 6, LastSeen = Now.AddSeconds(-1), Connected = false });
        await directory.WriteAsync(Token);
        // What another replica still had of it.
        directory.Report(state with { LastSeen = Now.AddSeconds(-2), Connected = false });
        await directory.WriteAsync(Token);

        var shown = Assert.Single(await store.Get<InstanceReader>().ListAsync(after: null, 10, Token));
        Assert.Equal((8, "hash_mismatch", true, "services[0].host: required field missing"), (shown.Revision, shown.SyncStatus, shown.Connected, shown.LastRefusal));
    }

    [Fact]
    public async Task A_clock_that_jumped_ahead_and_back_does_not_freeze_what_is_shown()
    {
        var time = new SettableTime(Now.AddHours(1));
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync(), time);
        var directory = store.Get<InstanceDirectory>();
        var state = State() with { Revision = 7, Connected = true, LastSeen = Now.AddHours(1) };
        directory.Report(state);
        await directory.WriteAsync(Token);

        time.Now = Now;
        directory.Report(state with { Revision = 8, LastSeen = Now });
        await directory.WriteAsync(Token);

        Assert.Equal(8, Assert.Single(await store.Get<InstanceReader>().ListAsync(after: null, 10, Token)).Revision);
    }

    [Fact]
    public async Task An_instance_that_was_not_seen_for_long_counts_as_disconnected()
    {
        var time = new SettableTime(Now);
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync(), time);
        var directory = store.Get<InstanceDirectory>();
        directory.Report(State() with { Connected = true });
        await directory.WriteAsync(Token);
        var reader = store.Get<InstanceReader>();
        Assert.True((await reader.ListAsync(after: null, 10, Token))[0].Connected);

        time.Now = Now.AddMinutes(1);

        Assert.False((await reader.ListAsync(after: null, 10, Token))[0].Connected);
    }

    [Fact]
    public async Task What_was_reported_is_written_before_the_end()
    {
        var options = await fixture.NewDatabaseAsync();
        await using (var first = await RunningStore.StartAsync(options))
        {
            first.Get<IInstanceDirectory>().Report(State());
        }

        await using var second = await RunningStore.StartAsync(options);
        Assert.Single(await second.Get<InstanceReader>().ListAsync(after: null, 10, Token));
    }

    private protected static InstanceState State() => new()
    {
        Id = Guid.NewGuid(),
        Site = "on-prem",
        Hostname = "host",
        Ip = "127.0.0.1",
        Version = "0.1.0",
        Plugins = new Dictionary<string, string>(StringComparer.Ordinal) { ["key-auth"] = "1" },
        SyncStatus = SyncStatus.Normal,
        LastSeen = Now,
        CertificateExpiry = Now.AddDays(90),
    };
}
