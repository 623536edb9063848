using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Telemetry.Otlp;

namespace Gateway.Tunnel.Telemetry.Export;

/// <summary>Renders what a data plane counts as OTLP.</summary>
internal static class MetricsRequest
{
    private const string Scope = "gateway";

    public static ExportMetricsServiceRequest Of(
        IEnumerable<MetricPoint> points, ProcessInstance instance, string site, string version, DateTimeOffset time)
    {
        var scope = new ScopeMetrics { Scope = new InstrumentationScope { Name = Scope, Version = version } };
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        foreach (var point in points)
        {
            if (!metrics.TryGetValue(point.Metric, out var metric))
            {
                metric = NewMetric(point);
                metrics.Add(point.Metric, metric);
                scope.Metrics.Add(metric);
            }

            Add(metric, point, UnixNanoseconds.Of(instance.StartTime), UnixNanoseconds.Of(time));
        }

        var resource = new Resource();
        resource.Attributes.Add(Attribute(ResourceAttributes.ServiceName, Scope));
        resource.Attributes.Add(Attribute(ResourceAttributes.ServiceVersion, version));
        resource.Attributes.Add(Attribute(ResourceAttributes.ServiceInstanceId, instance.Id.ToString()));
        resource.Attributes.Add(Attribute(ResourceAttributes.Site, site));
        var request = new ExportMetricsServiceRequest();
        request.ResourceMetrics.Add(new ResourceMetrics { Resource = resource, ScopeMetrics = { scope } });
        return request;
    }

    private static Metric NewMetric(MetricPoint point)
    {
        var metric = new Metric { Name = point.Metric, Unit = point.Unit };
        if (point.Buckets.Count > 0)
        {
            metric.Histogram = new Histogram { AggregationTemporality = AggregationTemporality.Cumulative };
        }
        else
        {
            metric.Sum = new Sum { AggregationTemporality = AggregationTemporality.Cumulative, IsMonotonic = true };
        }

        return metric;
    }

    private static void Add(Metric metric, MetricPoint point, ulong start, ulong time)
    {
        var attributes = point.Attributes.Select(attribute => Attribute(attribute.Key, attribute.Value));
        if (metric.DataCase == Metric.DataOneofCase.Sum)
        {
            var number = new NumberDataPoint { StartTimeUnixNano = start, TimeUnixNano = time, AsInt = point.Count };
            number.Attributes.AddRange(attributes);
            metric.Sum.DataPoints.Add(number);
            return;
        }

        var histogram = new HistogramDataPoint { StartTimeUnixNano = start, TimeUnixNano = time, Count = (ulong)point.Count, Sum = point.Sum };
        histogram.Attributes.AddRange(attributes);
        histogram.BucketCounts.AddRange(point.Buckets.Select(count => (ulong)count));
        histogram.ExplicitBounds.AddRange(point.Bounds);
        metric.Histogram.DataPoints.Add(histogram);
    }

    private static KeyValue Attribute(string name, string value) => new() { Key = name, Value = new AnyValue { StringValue = value } };
}
