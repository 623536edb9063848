using Gateway.ControlPlane.Publication.Releases;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Publication.Releases;

/// <summary>Stages, promotions, aborts and rollbacks, on whichever database.</summary>
public abstract class ReleaseTests(StoreFixture fixture)
{
    private protected static readonly SiteRegistration Canary = new("canary") { Labels = Labels };

    private static readonly Guid Instance = Guid.NewGuid();
    private static readonly DateTimeOffset CountersBegan = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly SettableTime _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Labels => new(StringComparer.Ordinal) { ["ring"] = "canary" };

    private static WriteOrigin Admin => new("alice", "127.0.0.1", "admin");

    [Fact]
    public async Task What_is_written_while_a_stage_is_open_waits_until_it_is_staged_or_promoted()
    {
        await using var store = await StartAsync();
        await WriteAsync(store, "first");
        var opened = await StageAsync(store);
        Assert.Equal((2, 0, 0), (opened.Stage!.Revision, opened.Staged, opened.Waiting));

        await WriteAsync(store, "second");
        var waiting = await StatusAsync(store);
        Assert.Equal((2, 2, 1), (waiting.Stable, waiting.Stage!.Revision, waiting.Waiting));
        Assert.Contains("stage of revision 2 is open", waiting.WaitingBecause, StringComparison.Ordinal);

        var staged = await StageAsync(store);
        Assert.Equal((2, 3, 1, 0), (staged.Stable, staged.Stage!.Revision, staged.Staged, staged.Waiting));
        await WriteAsync(store, "unrelated");

        var promoted = Succeeded(await store.Get<ReleaseControl>().PromoteAsync(Admin, Token));
        Assert.Equal((4, false, 0), (promoted.Stable, promoted.Held, promoted.Waiting));
        Assert.Null(promoted.Stage);
        Assert.Null(promoted.WaitingBecause);
        Assert.Equal(5, await WriteAsync(store, "after"));
        Assert.Equal(5, (await StatusAsync(store)).Stable);
        Assert.Equal(
            [(ReleaseAction.Promoted, 4L, "alice"), (ReleaseAction.Staged, 3L, "alice"), (ReleaseAction.Staged, 2L, "alice")],
            promoted.Moves.Select(move => (move.Action, move.Revision, move.Principal)));
    }

    [Fact]
    public async Task An_aborted_stage_leaves_stable_where_it_was_and_later_writes_wait()
    {
        await using var store = await StartAsync();
        await StageAsync(store);
        await WriteAsync(store, "bad");
        await StageAsync(store);

        var aborted = Succeeded(await store.Get<ReleaseControl>().AbortAsync(Admin, "looks wrong", Token));

        Assert.Equal((1, true, 1), (aborted.Stable, aborted.Held, aborted.Waiting));
        Assert.Equal("looks wrong", aborted.Moves[0].Reason);
        Assert.Contains("stage of revision 2 was aborted", aborted.WaitingBecause, StringComparison.Ordinal);
        await WriteAsync(store, "correction");
        Assert.Equal((1, 2), ((await StatusAsync(store)).Stable, (await StatusAsync(store)).Waiting));

        // The correction goes to everyone, and releases are at once again.
        Assert.Equal(3, Succeeded(await store.Get<ReleaseControl>().PromoteAsync(Admin, Token)).Stable);
        await WriteAsync(store, "next");
        Assert.Equal(4, (await StatusAsync(store)).Stable);
    }

    [Fact]
    public async Task An_abort_of_a_stage_that_changed_nothing_holds_nothing()
    {
        await using var store = await StartAsync();
        await StageAsync(store);

        Assert.False(Succeeded(await store.Get<ReleaseControl>().AbortAsync(Admin, reason: null, Token)).Held);

        await WriteAsync(store, "next");
        Assert.Equal(2, (await StatusAsync(store)).Stable);
    }

    [Fact]
    public async Task A_rollback_ends_the_stage_and_holds_what_came_after()
    {
        await using var store = await StartAsync();
        await WriteAsync(store, "good");
        await WriteAsync(store, "bad");
        await StageAsync(store);

        var back = Succeeded(await store.Get<ReleaseControl>().RollbackAsync(Admin, 2, "incident", Token));

        Assert.Equal((2, true, 1), (back.Stable, back.Held, back.Waiting));
        Assert.Null(back.Stage);
        Assert.Equal(2, Stable(await store.Log.ReadReleasesAsync(Token)).Revision);
        Assert.Contains(Entities.Service("good")["host"]!.GetValue<string>(), Published.Text((await store.Log.ReadSnapshotAsync(2, Token)).Entities.Single(entity => entity.Key.Kind == EntityKinds.Services)), StringComparison.Ordinal);
        await WriteAsync(store, "correction");
        Assert.Equal((2, 2), ((await StatusAsync(store)).Stable, (await StatusAsync(store)).Waiting));
        Assert.Equal(4, Succeeded(await store.Get<ReleaseControl>().PromoteAsync(Admin, Token)).Stable);
    }

    [Fact]
    public async Task A_rollback_can_be_tried_out_on_some_sites_and_then_promoted()
    {
        await using var store = await StartAsync();
        await WriteAsync(store, "good");
        await WriteAsync(store, "doubtful");
        Assert.Equal(2, (await StageAsync(store, 2)).Stage!.Revision);

        var promoted = Succeeded(await store.Get<ReleaseControl>().PromoteAsync(Admin, Token));

        Assert.Equal((2, true, 1), (promoted.Stable, promoted.Held, promoted.Waiting));
    }

    [Fact]
    public async Task An_open_stage_survives_a_restart()
    {
        var options = await fixture.NewDatabaseAsync() with { Sites = [Canary] };
        OpenStage before;
        await using (var first = await RunningStore.StartAsync(options))
        {
            await WriteAsync(first, "staged");
            before = (await StageAsync(first, terms: new StageTerms(0.2, 7))).Stage!;
        }

        await using var second = await RunningStore.StartAsync(options);

        Assert.Equal(before.Record, (await StatusAsync(second)).Stage!.Record);
        var stage = (await second.Log.ReadReleasesAsync(Token)).Single(release => release.Channel == Release.StageChannel);
        Assert.Equal((2, "canary"), (stage.Revision, stage.SiteLabels["ring"]));
        await WriteAsync(second, "waits");
        Assert.Equal(1, (await StatusAsync(second)).Waiting);
    }

    [Fact]
    public async Task A_refusal_by_a_staged_site_aborts_the_stage()
    {
        await using var store = await StartAsync();
        await StageAsync(store);
        await WriteAsync(store, "bad");
        await StageAsync(store);

        // Another revision's refusal, and another site's, say nothing of this stage.
        store.Get<IInstanceDirectory>().Report(State("canary") with { RefusedRevision = 1 });
        store.Get<IInstanceDirectory>().Report(State("elsewhere") with { Id = Guid.NewGuid(), RefusedRevision = 2 });
        await store.Get<InstanceDirectory>().WriteAsync(Token);
        Assert.True(await store.Get<StageGuard>().LookAsync(Token));
        Assert.NotNull((await StatusAsync(store)).Stage);

        store.Get<IInstanceDirectory>().Report(State("canary") with { RefusedRevision = 2, LastRefusal = "routes[7].paths: no", LastSeen = _time.Now.AddSeconds(1) });
        await Eventually.TrueAsync(async () => (await StatusAsync(store)).Stage is null);

        var status = await StatusAsync(store);
        Assert.Equal((1, true, ReleaseAction.Aborted, "system"), (status.Stable, status.Held, status.Moves[0].Action, status.Moves[0].Principal));
        Assert.Contains("refused revision 2: routes[7].paths: no", status.Moves[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(84, 16, true)]
    [InlineData(85, 15, false)]
    [InlineData(0, 49, false)]
    [InlineData(0, 50, true)]
    public async Task A_rise_of_the_5xx_share_over_what_it_was_before_aborts_the_stage(long succeeded, long failed, bool aborts)
    {
        await using var store = await StartAsync();
        // Before: 10 of 100. Requests of other sites count for nothing.
        await ServeAsync(store, "canary", 90, 10);
        await ServeAsync(store, "elsewhere", 0, 1000);
        await WriteAsync(store, "slow");
        var staged = await StageAsync(store, terms: new StageTerms(0.05, 50));
        Assert.Equal(new RequestCounts(100, 10), staged.Stage!.Record.Before);

        await ServeAsync(store, "canary", 90 + succeeded, 10 + failed);
        await store.Get<StageGuard>().LookAsync(Token);

        var status = await StatusAsync(store);
        Assert.Equal(aborts, status.Stage is null);
        Assert.Equal(aborts, status.Moves[0].Reason?.Contains("share of 5xx is", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task What_cannot_be_staged_or_rolled_back_to_is_refused_by_name()
    {
        await using var store = await StartAsync();
        var control = store.Get<ReleaseControl>();

        Assert.Contains("sites: no registered site", (await control.StageAsync(Admin, new Dictionary<string, string> { ["ring"] = "none" }, null, null, Token)).Error!.Message, StringComparison.Ordinal);
        Assert.Contains("sites: required", (await control.StageAsync(Admin, null, null, null, Token)).Error!.Message, StringComparison.Ordinal);
        Assert.Contains("revision 9 is not in the log; allowed: 1 to 1", (await control.StageAsync(Admin, Labels, 9, null, Token)).Error!.Message, StringComparison.Ordinal);
        Assert.Contains("to: revision 0", (await control.RollbackAsync(Admin, 0, null, Token)).Error!.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.ReleaseConflict, (await control.PromoteAsync(Admin, Token)).Error!.Code);
        Assert.Equal(ErrorCode.ReleaseConflict, (await control.AbortAsync(Admin, null, Token)).Error!.Code);
        Assert.Empty((await StatusAsync(store)).Moves);
    }

    private protected static Task<ReleaseStatus> StatusAsync(RunningStore store) => store.Get<ReleaseReader>().ReadAsync(Token);

    private protected static async Task<ReleaseStatus> StageAsync(RunningStore store, long? revision = null, StageTerms? terms = null) =>
        Succeeded(await store.Get<ReleaseControl>().StageAsync(Admin, Labels, revision, terms, Token));

    private protected static Release Stable(IReadOnlyList<Release> releases) => releases.Single(release => release.Channel == Release.StableChannel);

    private static ReleaseStatus Succeeded(Result<ReleaseStatus> outcome)
    {
        Assert.True(outcome.Succeeded(out var status, out var error), error?.Message);
        return status;
    }

    private static Task<long> WriteAsync(RunningStore store, string name) => store.PutAsync(EntityKinds.Services, Entities.Service(name));

    /// <summary>What one instance of the site has served in all, cumulative as its export is.</summary>
    private Task ServeAsync(RunningStore store, string site, long succeeded, long failed)
    {
        _time.Now += TimeSpan.FromSeconds(1);
        TelemetryPoint Point(string status, long count) => new(
            site, Instance, CountersBegan, _time.Now, "gateway.requests", [new("status", status)], count, 0, [], []);
        return store.Get<ITelemetryStore>().FoldAsync([Point("200", succeeded), Point("502", failed)], Token);
    }

    private InstanceState State(string site) => new()
    {
        Id = Instance,
        Site = site,
        Hostname = "host",
        Ip = "127.0.0.1",
        Version = "0.1.0",
        Plugins = new Dictionary<string, string>(StringComparer.Ordinal),
        SyncStatus = SyncStatus.Refused,
        Connected = true,
        LastSeen = _time.Now,
        CertificateExpiry = _time.Now.AddDays(90),
    };

    private async Task<RunningStore> StartAsync() =>
        await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { Sites = [Canary, new SiteRegistration("elsewhere")] }, _time);
}
