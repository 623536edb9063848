using Gateway.Tunnel.Telemetry.Otlp;
using Google.Protobuf.Collections;

namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>
/// OTLP to our points. Only what is cumulative is taken: from increments alone a repeated or lost export could not be told. One converter per request.
/// </summary>
internal sealed class MetricsConverter(string site)
{
    private const int MaximumAttributes = 64;
    private const int MaximumText = 1024;
    private const int MaximumBuckets = 512;
    private const uint NoRecordedValue = 1;

    private readonly List<TelemetryPoint> _points = [];
    private readonly HashSet<string> _problems = new(StringComparer.Ordinal);
    private long _rejected;

    public static ConvertedMetrics Convert(ExportMetricsServiceRequest request, string site)
    {
        var converter = new MetricsConverter(site);
        foreach (var resource in request.ResourceMetrics)
        {
            var instance = InstanceIdentifier.Of(resource.Resource);
            foreach (var metric in resource.ScopeMetrics.SelectMany(scope => scope.Metrics))
            {
                converter.Convert(metric, instance);
            }
        }

        return new ConvertedMetrics(converter._points, converter._rejected, string.Join("; ", converter._problems.Take(10)));
    }

    private void Convert(Metric metric, Guid instance)
    {
        if (metric.Name.Length is 0 or > MaximumText)
        {
            Reject(Count(metric), "a metric's name is missing or too long");
            return;
        }

        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Sum when !metric.Sum.IsMonotonic:
                Reject(metric.Sum.DataPoints.Count, $"{metric.Name}: a sum that is not monotonic is not kept");
                break;
            case Metric.DataOneofCase.Sum when metric.Sum.AggregationTemporality != AggregationTemporality.Cumulative:
                Reject(metric.Sum.DataPoints.Count, $"{metric.Name}: temporality is not cumulative (allowed: cumulative)");
                break;
            case Metric.DataOneofCase.Sum:
                foreach (var point in metric.Sum.DataPoints)
                {
                    Convert(metric.Name, point, instance);
                }

                break;
            case Metric.DataOneofCase.Histogram when metric.Histogram.AggregationTemporality != AggregationTemporality.Cumulative:
                Reject(metric.Histogram.DataPoints.Count, $"{metric.Name}: temporality is not cumulative (allowed: cumulative)");
                break;
            case Metric.DataOneofCase.Histogram:
                foreach (var point in metric.Histogram.DataPoints)
                {
                    Convert(metric.Name, point, instance);
                }

                break;
            default:
                Reject(Count(metric), $"{metric.Name}: {metric.DataCase} is not kept (allowed: cumulative Sum and Histogram)");
                break;
        }
    }

    private void Convert(string metric, NumberDataPoint point, Guid instance)
    {
        if ((point.Flags & NoRecordedValue) != 0)
        {
            return;
        }

        var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsDouble ? Math.Round(point.AsDouble) : point.AsInt;
        if (!(value is >= 0 and < long.MaxValue))
        {
            Reject(1, $"{metric}: a counter's value is not a number from 0 on");
            return;
        }

        var count = point.ValueCase == NumberDataPoint.ValueOneofCase.AsDouble ? (long)value : point.AsInt;
        Add(metric, instance, point.StartTimeUnixNano, point.TimeUnixNano, point.Attributes, count, 0, [], []);
    }

    private void Convert(string metric, HistogramDataPoint point, Guid instance)
    {
        if ((point.Flags & NoRecordedValue) != 0)
        {
            return;
        }

        var buckets = point.BucketCounts;
        var areBuckets = (buckets.Count == 0 && point.ExplicitBounds.Count == 0) || buckets.Count == point.ExplicitBounds.Count + 1;
        if (!areBuckets || buckets.Count > MaximumBuckets || point.Count > long.MaxValue || buckets.Any(count => count > point.Count)
            || !double.IsFinite(point.Sum) || point.ExplicitBounds.Any(bound => !double.IsFinite(bound)))
        {
            Reject(1, $"{metric}: a histogram's buckets, bounds, count and sum do not fit together");
            return;
        }

        Add(
            metric, instance, point.StartTimeUnixNano, point.TimeUnixNano, point.Attributes, (long)point.Count, point.Sum,
            [.. buckets.Select(count => (long)count)], [.. point.ExplicitBounds]);
    }

    private void Add(
        string metric, Guid instance, ulong start, ulong time, RepeatedField<KeyValue> attributes, long count, double sum, long[] buckets, double[] bounds)
    {
        if (UnixNanoseconds.ToTime(start) is not { } startTime || UnixNanoseconds.ToTime(time) is not { } pointTime || pointTime < startTime)
        {
            Reject(1, $"{metric}: start_time_unix_nano or time_unix_nano is missing or impossible");
            return;
        }

        var series = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            series[attribute.Key] = AttributeText.Of(attribute.Value);
        }

        if (series.Count > MaximumAttributes || series.Any(attribute => attribute.Key.Length > MaximumText || attribute.Value.Length > MaximumText))
        {
            Reject(1, $"{metric}: attributes are too many or too long (allowed: {MaximumAttributes} of {MaximumText} characters)");
            return;
        }

        _points.Add(new TelemetryPoint(site, instance, startTime, pointTime, metric, [.. series], count, sum, buckets, bounds));
    }

    private void Reject(long count, string problem)
    {
        _rejected += count;
        if (count > 0)
        {
            _problems.Add(problem.Length > MaximumText ? problem[..MaximumText] : problem);
        }
    }

    private static int Count(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Count,
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Count,
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Count,
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Count,
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Count,
        _ => 0,
    };
}
