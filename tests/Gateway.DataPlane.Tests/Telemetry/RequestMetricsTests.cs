using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Telemetry;
using Gateway.Model.Entities;
using Gateway.Tunnel.Telemetry;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Tests.Telemetry;

public sealed class RequestMetricsTests
{
    private static readonly Service Pets = new() { Id = Guid.NewGuid(), Name = "pets", Host = "h" };

    [Fact]
    public async Task Concurrent_requests_are_counted_exactly()
    {
        var metrics = Create();
        var slots = Enumerable.Range(0, 4).Select(i => metrics.For(Pets, Route($"r{i}"))).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                var slot = slots[i % 4].For(200 + (i % 3));
                slot.Requests.Add(1);
                slot.RequestLatency.Observe(TimeSpan.FromMilliseconds(i % 300));
            }
        })));

        var points = Collect(metrics);
        Assert.Equal(40_000, points.Where(point => point.Metric == "gateway.requests").Sum(point => point.Count));
        Assert.Equal(12, points.Count(point => point.Metric == "gateway.requests"));
        var latencies = points.Where(point => point.Metric == "gateway.request.latency").ToList();
        Assert.Equal(40_000, latencies.Sum(point => point.Buckets.Sum()));
        Assert.All(latencies, point => Assert.Equal(point.Count, point.Buckets.Sum()));
        Assert.All(latencies, point => Assert.Equal(point.Bounds.Count + 1, point.Buckets.Count));
    }

    [Fact]
    public void Series_are_named_by_service_route_and_status()
    {
        var metrics = Create();
        metrics.For(Pets, Route("list")).For(204).Requests.Add(1);

        var point = Collect(metrics).Single(point => point.Metric == "gateway.requests");

        Assert.Equal([new("route", "list"), new("service", "pets"), new("status", "204")], point.Attributes);
    }

    [Fact]
    public void A_renamed_route_starts_at_zero_and_the_old_series_stays()
    {
        var metrics = Create();
        var id = Guid.NewGuid();
        metrics.For(Pets, new Route { Id = id, Name = "before" }).For(200).Requests.Add(3);
        metrics.For(Pets, new Route { Id = id, Name = "after" }).For(200).Requests.Add(2);

        Assert.Equal([3, 2], Collect(metrics).Where(point => point.Metric == "gateway.requests").OrderByDescending(point => point.Count).Select(point => point.Count));
    }

    [Fact]
    public void Beyond_the_bound_requests_are_counted_together_and_none_is_lost()
    {
        var metrics = Create(series: 3);
        for (var i = 0; i < 10; i++)
        {
            metrics.For(Pets, Route($"r{i}")).For(200).Requests.Add(1);
            metrics.For(Pets, Route($"r{i}")).For(200).Requests.Add(1);
        }

        var points = Collect(metrics).Where(point => point.Metric == "gateway.requests").ToList();

        Assert.Equal(20, points.Sum(point => point.Count));
        Assert.Equal(4, points.Count);
        Assert.Equal(14, points.Single(point => point.Attributes[0].Key == "otel.metric.overflow").Count);
    }

    [Fact]
    public void Consumers_are_bounded_as_well()
    {
        var metrics = Create(consumers: 2);
        for (var i = 0; i < 5; i++)
        {
            metrics.CountConsumer(new Consumer { Id = Guid.NewGuid(), Username = $"c{i}" });
        }

        var points = Collect(metrics).Where(point => point.Metric == "gateway.consumer.requests").ToList();

        Assert.Equal(5, points.Sum(point => point.Count));
        Assert.Equal(3, points.Count);
    }

    [Fact]
    public void Values_only_grow()
    {
        var metrics = Create();
        var slot = metrics.For(Pets, Route("r")).For(200);
        slot.Requests.Add(1);
        Collect(metrics);
        slot.Requests.Add(1);

        Assert.Equal(2, Collect(metrics).Single(point => point.Metric == "gateway.requests").Count);
    }

    private static RequestMetrics Create(int series = 100, int consumers = 100) =>
        new(Options.Create(new DataPlaneOptions { MaxSeries = series, MaxConsumerSeries = consumers }), new StallMetrics(), new DroppedRecords());

    private static Route Route(string name) => new() { Id = Guid.NewGuid(), Name = name };

    private static List<MetricPoint> Collect(RequestMetrics metrics)
    {
        var points = new List<MetricPoint>();
        metrics.Collect(points);
        return points;
    }
}
