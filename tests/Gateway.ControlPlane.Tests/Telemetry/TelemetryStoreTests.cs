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

    [Fact]
    public async Task Series_beyond_a_sites_limit_are_counted_in_one_of_overflow_and_nothing_is_lost()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { MaxTelemetrySeries = 3 });
        TelemetryPoint[] points = [.. Enumerable.Range(0, 10).Select(number => Named(number, count: 10, seconds: 10))];

        var first = await store.Get<ITelemetryStore>().FoldAsync(points[..2], Token);
        var second = await store.Get<ITelemetryStore>().FoldAsync(points, Token);
        var cloud = await store.Get<ITelemetryStore>().FoldAsync([points[9] with { Site = "cloud" }], Token);

        Assert.Equal([FoldOutcome.Nothing, new FoldOutcome(Overflowed: 7, Refused: 0), FoldOutcome.Nothing], [first, second, cloud]);
        Assert.Equal(100, await TotalAsync(store, site: "on-prem"));
        await using var context = store.Database.CreateContext();
        Assert.Equal(4, await context.RequestMinutes.CountAsync(row => row.Site == "on-prem", Token));
        Assert.Equal(70, (await context.RequestMinutes.SingleAsync(row => row.Attributes.Contains("otel.metric.overflow"), Token)).Count);

        // The same names again, later: in the same places, and still all of them.
        await store.Get<ITelemetryStore>().FoldAsync([.. Enumerable.Range(0, 10).Select(number => Named(number, count: 11, seconds: 20))], Token);
        Assert.Equal(110, await TotalAsync(store, site: "on-prem"));
        var metrics = store.Get<TelemetryMetricsText>().Render();
        Assert.Contains("""gateway_requests_total{site="on-prem",otel_metric_overflow="true"} 77""", metrics, StringComparison.Ordinal);
        Assert.Contains("""gateway_requests_total{site="on-prem",name="1"} 11""", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"5\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_beyond_a_sites_limit_are_refused_and_known_ones_go_on()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { MaxTelemetryStreams = 2 });

        var first = await store.Get<ITelemetryStore>().FoldAsync([Named(0, 1, 10), Named(1, 1, 10), Named(2, 1, 10)], Token);
        var second = await store.Get<ITelemetryStore>().FoldAsync([Named(0, 5, 20), Named(1, 5, 20), Named(2, 5, 20), Named(3, 5, 20)], Token);
        var cloud = await store.Get<ITelemetryStore>().FoldAsync([Named(2, 1, 20) with { Site = "cloud" }], Token);

        Assert.Equal((1, 2, 0), (first.Refused, second.Refused, cloud.Refused));
        Assert.Equal(10, await TotalAsync(store, site: "on-prem"));
        await using var context = store.Database.CreateContext();
        Assert.Equal(2, await context.TelemetryPoints.CountAsync(row => row.Site == "on-prem", Token));
    }

    [Fact]
    public async Task Any_number_of_metrics_names_takes_a_bounded_number_of_series()
    {
        await using var store = await RunningStore.StartAsync(await fixture.NewDatabaseAsync() with { MaxTelemetrySeries = 10 });
        TelemetryPoint[] points = [.. Enumerable.Range(0, 3000).Select(number => Point(1, seconds: 10) with { Metric = $"m{number}" })];

        var outcome = await store.Get<ITelemetryStore>().FoldAsync(points, Token);

        Assert.Equal(new FoldOutcome(Overflowed: 1000, Refused: 1990), outcome);
        await using var context = store.Database.CreateContext();
        Assert.Equal(1010, await context.RequestMinutes.CountAsync(Token));
        Assert.InRange(store.Get<TelemetryMetricsText>().Render().Split('\n').Count(line => line.Contains("site=", StringComparison.Ordinal)), 10, 1012);
    }

    private static TelemetryPoint Named(int number, long count, int seconds) => Point(count, seconds) with { Attributes = [new("name", $"{number}")] };

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
