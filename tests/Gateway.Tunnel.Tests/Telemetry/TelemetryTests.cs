using Gateway.Tunnel.Telemetry;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Telemetry;

public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;
    private readonly FakeMetricSource _metrics = new();

    public TelemetryTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
    }

    private FakeTelemetryStore Store => _controlPlane.Telemetry;

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Counters_and_histograms_come_as_they_are_counted()
    {
        _metrics.Count(5);
        _metrics.Further.Add(new MetricPoint("gateway.latency", "ms", [new("service", "s1")], 3, 12.5, [1, 2, 0], [10, 100]));
        await using var dataPlane = await StartAsync();
        await Eventually.TrueAsync(() => Store.Points.Any(point => point.Metric == "gateway.latency"));

        var requests = Store.Points.First(point => point.Metric == "gateway.requests");
        Assert.Equal(("on-prem", dataPlane.Instance.Id, 5), (requests.Site, requests.Instance, requests.Count));
        Assert.Equal([new("route", "r1"), new("status", "200")], requests.Attributes);
        Assert.Equal(dataPlane.Instance.StartTime, requests.StartTime);
        Assert.True(requests.Time >= requests.StartTime);
        var latency = Store.Points.First(point => point.Metric == "gateway.latency");
        Assert.Equal((3L, 12.5), (latency.Count, latency.Sum));
        Assert.Equal([1L, 2, 0], latency.Buckets);
        Assert.Equal([10.0, 100], latency.Bounds);
    }

    [Fact]
    public async Task A_store_or_control_plane_that_is_away_loses_nothing()
    {
        Store.IsAway = true;
        _metrics.Count(1);
        await using var dataPlane = await StartAsync();
        await Eventually.TrueAsync(() => Store.Attempts > 1);
        Assert.Empty(Store.Points);
        Store.IsAway = false;
        await Eventually.TrueAsync(() => Store.Points.Any(point => point.Count == 1));

        await _controlPlane.StopAsync();
        _metrics.Count(41);
        await _controlPlane.StartAsync();
        await Eventually.TrueAsync(() => Store.Points.Any(point => point.Count == 42));
        Assert.Equal(Store.Points.Select(point => point.Time).Order(), Store.Points.Select(point => point.Time));
    }

    [Fact]
    public async Task A_graceful_stop_exports_what_was_counted_last()
    {
        await using (await TestDataPlane.StartAsync(Options() with { TelemetryInterval = TimeSpan.FromHours(1) }, metrics: _metrics))
        {
            _metrics.Count(7);
        }

        Assert.Equal(7, Store.Points.Last().Count);
    }

    [Fact]
    public async Task A_disabled_sites_telemetry_is_refused()
    {
        _controlPlane.Sites.Set("on-prem", enabled: false);
        await using var dataPlane = await StartAsync();
        await _controlPlane.Counted("disabled_site");
        Assert.Empty(Store.Points);
    }

    private Gateway.Tunnel.TunnelClientOptions Options() => TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address) with
    {
        TelemetryEndpoints = [_controlPlane.TelemetryAddress],
    };

    private Task<TestDataPlane> StartAsync() => TestDataPlane.StartAsync(Options(), metrics: _metrics);
}
