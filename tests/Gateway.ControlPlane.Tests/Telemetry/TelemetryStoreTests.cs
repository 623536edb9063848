using Gateway.ControlPlane.Store.Starting;
using Gateway.ControlPlane.Telemetry;
using Gateway.ControlPlane.Tests.Fixtures;
using Gateway.Tunnel.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Tests.Telemetry;

/// <summary>Cumulative points become exact per-minute series, whatever is repeated, late or restarted.</summary>
public abstract class TelemetryStoreTests(StoreFixture fixture)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Instance = Guid.NewGuid();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gains_are_added_to_the_minute_in_which_they_were_read()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());

        await FoldAsync(store, Point(10, seconds: 10));
        await FoldAsync(store, Point(25, seconds: 50));
        await FoldAsync(store, Point(40, seconds: 65));

        Assert.Equal([(Start.ToUnixTimeSeconds(), 25L), (Start.AddMinutes(1).ToUnixTimeSeconds(), 15L)], await MinutesAsync(store));
    }

    [Fact]
    public async Task An_export_that_is_repeated_adds_nothing()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var point = Point(10, seconds: 10);

        await FoldAsync(store, point);
        await FoldAsync(store, point);
        await FoldAsync(store, point, Point(12, seconds: 20), point);

        Assert.Equal(12, await TotalAsync(store));
    }

    [Fact]
    public async Task Points_out_of_order_add_up_to_the_newest()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());

        await FoldAsync(store, Point(30, seconds: 30));
        await FoldAsync(store, Point(10, seconds: 10));
        await FoldAsync(store, Point(20, seconds: 20), Point(50, seconds: 50), Point(40, seconds: 40));

        Assert.Equal(50, await TotalAsync(store));
    }

    [Fact]
    public async Task A_restart_begins_a_new_stream_and_loses_nothing_of_the_old()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());

        await FoldAsync(store, Point(100, seconds: 10));
        await FoldAsync(store, Point(3, seconds: 20) with { StartTime = Start.AddSeconds(15) });
        await FoldAsync(store, Point(7, seconds: 30) with { StartTime = Start.AddSeconds(15) });
        // The last export of the first process, which arrives late.
        await FoldAsync(store, Point(101, seconds: 14));

        Assert.Equal(108, await TotalAsync(store));
    }

    [Fact]
    public async Task Instances_and_sites_are_streams_of_their_own()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());

        await FoldAsync(store, Point(10, seconds: 10), Point(5, seconds: 10) with { Instance = Guid.NewGuid() }, Point(2, seconds: 10) with { Site = "cloud" });

        Assert.Equal(17, await TotalAsync(store));
        Assert.Equal(15, await TotalAsync(store, site: "on-prem"));
        Assert.Equal(17, await TotalAsync(store, status: "200"));
        Assert.Equal(0, await TotalAsync(store, status: "404"));
    }

    [Fact]
    public async Task Repeated_exports_at_once_are_counted_once()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        var points = Enumerable.Range(0, 20).Select(i => Point(i + 1, seconds: 10) with { Attributes = [new("route", $"route-{i}")] }).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FoldAsync(store, points), Token)));

        Assert.Equal(210, await TotalAsync(store));
    }

    [Fact]
    public async Task Histograms_add_up_by_bucket()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync());
        TelemetryPoint Histogram(long count, double sum, int seconds, params long[] buckets) =>
            Point(count, seconds) with { Sum = sum, Buckets = buckets, Bounds = [1, 10] };

        await FoldAsync(store, Histogram(3, 12.5, 10, 1, 2, 0));
        await FoldAsync(store, Histogram(6, 60.5, 20, 2, 2, 2));

        await using var context = store.Database.CreateContext();
        var row = await context.RequestMinutes.SingleAsync(Token);
        Assert.Equal((6, 60.5), (row.Count, row.Sum));
        Assert.Equal([2, 2, 2], row.Buckets);
        Assert.Equal([1, 10], row.Bounds);
    }

    [Fact]
    public async Task What_was_folded_survives_a_restart_of_the_control_plane()
    {
        var options = await fixture.NewDatabaseAsync();
        await using (var first = await RunningStore.StartAsync(options))
        {
            await FoldAsync(first, Point(10, seconds: 10));
        }

        await using var second = await RunningStore.StartAsync(options);
        await FoldAsync(second, Point(10, seconds: 10), Point(14, seconds: 20));

        Assert.Equal(14, await TotalAsync(second));
    }

    [Fact]
    public async Task Old_minutes_are_deleted_and_newer_ones_stay()
    {
        var time = new SettableTime(Start.AddDays(8));
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { AnalyticsRetention = TimeSpan.FromDays(7) }, time);
        await FoldAsync(store, Point(10, seconds: 10));
        await FoldAsync(store, Point(25, seconds: 86_400 * 2));

        await store.Get<Retention>().ApplyAsync(Token);

        Assert.Equal(15, await TotalAsync(store));
    }

    private static TelemetryPoint Point(long count, int seconds) => new(
        "on-prem", Instance, Start, Start.AddSeconds(seconds), "gateway.requests", [new("service", "petstore"), new("status", "200")], count, Sum: 0, Buckets: [], Bounds: []);

    private static Task FoldAsync(RunningStore store, params TelemetryPoint[] points) => store.Get<ITelemetryStore>().FoldAsync(points, Token);

    private static async Task<long> TotalAsync(RunningStore store, string? site = null, string? status = null) =>
        (await ReadAsync(store, site, status)).Sum(sample => sample.Count);

    private static async Task<List<(long Minute, long Count)>> MinutesAsync(RunningStore store) =>
        (await ReadAsync(store, site: null, status: null)).ConvertAll(sample => (sample.Minute, sample.Count));

    private static Task<List<RequestSample>> ReadAsync(RunningStore store, string? site, string? status) => store.Get<RequestAnalytics>().ReadAsync(
        new RequestQuery("gateway.requests", Start.AddDays(-1), Start.AddDays(30), site, Service: null, Route: null, status), Token);
}
