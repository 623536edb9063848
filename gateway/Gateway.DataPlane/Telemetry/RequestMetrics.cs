using System.Collections.Concurrent;
using System.Globalization;
using Gateway.DataPlane.Logging;
using Gateway.Model.Entities;
using Gateway.Tunnel.Telemetry;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Telemetry;

/// <summary>
/// Counts requests. Series are named by what users call services and routes, so a renamed route starts a new series at zero; their number is bounded, and
/// what exceeds it is counted in one series with <c>otel.metric.overflow</c>. Nothing is ever reset.
/// </summary>
internal sealed class RequestMetrics : IMetricSource
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> OverflowAttributes = [new("otel.metric.overflow", "true")];

    private readonly ConcurrentDictionary<(string Service, string Route), RouteMetrics> _routes = new();
    private readonly ConcurrentDictionary<string, Counter> _consumers = new(StringComparer.Ordinal);
    private readonly StatusMetrics _overflow = new();
    private readonly Counter _consumerOverflow = new();
    private readonly SeriesBudget _series;
    private readonly SeriesBudget _consumerSeries;
    private readonly StallMetrics _stalls;
    private readonly DroppedRecords _dropped;

    public RequestMetrics(IOptions<DataPlaneOptions> options, StallMetrics stalls, DroppedRecords dropped)
    {
        _series = new SeriesBudget(options.Value.MaxSeries);
        _consumerSeries = new SeriesBudget(options.Value.MaxConsumerSeries);
        _stalls = stalls;
        _dropped = dropped;
        Unrouted = For(service: null, route: null);
    }

    /// <summary>For requests that match no route.</summary>
    public RouteMetrics Unrouted { get; }

    public RouteMetrics For(Service? service, Route? route) =>
        _routes.GetOrAdd(
            (service is null ? string.Empty : service.Name ?? service.Id.ToString(), route is null ? string.Empty : route.Name ?? route.Id.ToString()),
            static (key, metrics) => new RouteMetrics(key.Service, key.Route, metrics._series, metrics._overflow),
            this);

    public void CountConsumer(Consumer consumer)
    {
        var name = consumer.Username ?? consumer.CustomId ?? consumer.Id.ToString();
        if (!_consumers.TryGetValue(name, out var counter))
        {
            counter = AddConsumer(name);
        }

        counter.Add(1);
    }

    public void Collect(ICollection<MetricPoint> points)
    {
        foreach (var route in _routes.Values)
        {
            foreach (var (status, metrics) in route.Series)
            {
                Add(points, metrics, [
                    new("route", route.Route),
                    new("service", route.Service),
                    new("status", status.ToString(CultureInfo.InvariantCulture)),
                ]);
            }
        }

        if (_overflow.Requests.Value > 0)
        {
            Add(points, _overflow, OverflowAttributes);
        }

        foreach (var (consumer, counter) in _consumers)
        {
            if (!ReferenceEquals(counter, _consumerOverflow))
            {
                AddCounter(points, MetricNames.ConsumerRequests, "{request}", [new("consumer", consumer)], counter);
            }
        }

        if (_consumerOverflow.Value > 0)
        {
            AddCounter(points, MetricNames.ConsumerRequests, "{request}", OverflowAttributes, _consumerOverflow);
        }

        _stalls.Collect(points);
        _dropped.Collect(points);
    }

    // A name beyond the bound is not remembered: it would be one more entry of an unbounded map. Since the bound only fills, it stays in the overflow.
    private Counter AddConsumer(string name)
    {
        if (!_consumerSeries.TryTake())
        {
            return _consumers.GetValueOrDefault(name, _consumerOverflow);
        }

        var added = new Counter();
        var winner = _consumers.GetOrAdd(name, added);
        if (!ReferenceEquals(winner, added))
        {
            _consumerSeries.Return();
        }

        return winner;
    }

    private static void Add(ICollection<MetricPoint> points, StatusMetrics metrics, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        AddCounter(points, MetricNames.Requests, "{request}", attributes, metrics.Requests);
        AddCounter(points, MetricNames.RequestBytes, "By", attributes, metrics.RequestBytes);
        AddCounter(points, MetricNames.ResponseBytes, "By", attributes, metrics.ResponseBytes);
        AddHistogram(points, MetricNames.RequestLatency, attributes, metrics.RequestLatency);
        AddHistogram(points, MetricNames.UpstreamLatency, attributes, metrics.UpstreamLatency);
        AddHistogram(points, MetricNames.ProxyLatency, attributes, metrics.ProxyLatency);
    }

    private static void AddCounter(
        ICollection<MetricPoint> points, string name, string unit, IReadOnlyList<KeyValuePair<string, string>> attributes, Counter counter) =>
        points.Add(new MetricPoint(name, unit, attributes, counter.Value, Sum: 0, Buckets: [], Bounds: []));

    private static void AddHistogram(
        ICollection<MetricPoint> points, string name, IReadOnlyList<KeyValuePair<string, string>> attributes, LatencyHistogram histogram)
    {
        var buckets = histogram.Read(out var sum);
        points.Add(new MetricPoint(name, "ms", attributes, buckets.Sum(), sum, buckets, LatencyHistogram.Bounds));
    }
}
