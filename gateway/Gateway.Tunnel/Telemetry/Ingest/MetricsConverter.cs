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
    private readonly Dictionary<RejectionReason, long> _rejections = [];

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

        return new ConvertedMetrics(converter._points, converter._rejections, string.Join("; ", converter._problems.Take(10)));
    }

    private void Convert(Metric metric, Guid instance)
    {
        if (metric.Name.Length is 0 or > MaximumText || metric.Unit.Length > MaximumText)
        {
            Reject(RejectionReason.Malformed, Count(metric), "a metric's name is missing, or name or unit are too long");
            return;
        }

        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Sum when !metric.Sum.IsMonotonic:
                Reject(RejectionReason.Kind, metric.Sum.DataPoints.Count, $"{metric.Name}: a sum that is not monotonic is not kept");
                break;
            case Metric.DataOneofCase.Sum when metric.Sum.AggregationTemporality != AggregationTemporality.Cumulative:
                Reject(RejectionReason.Temporality, metric.Sum.DataPoints.Count, $"{metric.Name}: temporality is not cumulative (allowed: cumulative)");
                break;
            case Metric.DataOneofCase.Sum:
                foreach (var point in metric.Sum.DataPoints)
                {
                    Convert(metric, point, instance);
                }

                break;
            case Metric.DataOneofCase.Histogram when metric.Histogram.AggregationTemporality != AggregationTemporality.Cumulative:
                Reject(RejectionReason.Temporality, metric.Histogram.DataPoints.Count, $"{metric.Name}: temporality is not cumulative (allowed: cumulative)");
                break;
            case Metric.DataOneofCase.Histogram:
                foreach (var point in metric.Histogram.DataPoints)
                {
                    Convert(metric, point, instance);
                }

                break;
            default:
                Reject(RejectionReason.Kind, Count(metric), $"{metric.Name}: {metric.DataCase} is not kept (allowed: cumulative Sum and Histogram)");
                break;
        }
    }

    private void Convert(Metric metric, NumberDataPoint point, Guid instance)
    {
        if ((point.Flags & NoRecordedValue) != 0)
        {
            return;
        }

        var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsDouble ? Math.Round(point.AsDouble) : point.AsInt;
        if (!(value is >= 0 and < long.MaxValue))
        {
            Reject(RejectionReason.Malformed, 1, $"{metric.Name}: a counter's value is not a number from 0 on");
            return;
        }

        var count = point.ValueCase == NumberDataPoint.ValueOneofCase.AsDouble ? (long)value : point.AsInt;
        Add(metric, instance, point.StartTimeUnixNano, point.TimeUnixNano, point.Attributes, count, 0, [], []);
    }

    private void Convert(Metric metric, HistogramDataPoint point, Guid instance)
    {
        if ((point.Flags & NoRecordedValue) != 0)
        {
            return;
        }

        var buckets = point.BucketCounts;
        if (buckets.Count > MaximumBuckets || point.Count > long.MaxValue || !AreBuckets(point) || !double.IsFinite(point.Sum))
        {
            Reject(RejectionReason.Malformed, 1, $"{metric.Name}: a histogram's buckets, bounds, count and sum do not fit together");
            return;
        }

        Add(
            metric, instance, point.StartTimeUnixNano, point.TimeUnixNano, point.Attributes, (long)point.Count, point.Sum,
            [.. buckets.Select(count => (long)count)], [.. point.ExplicitBounds]);
    }

    /// <summary>As the specification has them: bounds that increase, one bucket more than bounds, and every observation in one bucket; or none at all.</summary>
    private static bool AreBuckets(HistogramDataPoint point)
    {
        var (buckets, bounds) = (point.BucketCounts, point.ExplicitBounds);
        if (buckets.Count == 0)
        {
            return bounds.Count == 0;
        }

        if (buckets.Count != bounds.Count + 1 || !bounds.All(double.IsFinite))
        {
            return false;
        }

        for (var i = 1; i < bounds.Count; i++)
        {
            if (bounds[i] <= bounds[i - 1])
            {
                return false;
            }
        }

        UInt128 sum = 0;
        foreach (var count in buckets)
        {
            sum += count;
        }

        return sum == point.Count;
    }

    private void Add(
        Metric metric, Guid instance, ulong start, ulong time, RepeatedField<KeyValue> attributes, long count, double sum, long[] buckets, double[] bounds)
    {
        if (UnixNanoseconds.ToTime(start) is not { } startTime || UnixNanoseconds.ToTime(time) is not { } pointTime || pointTime < startTime)
        {
            Reject(RejectionReason.Malformed, 1, $"{metric.Name}: start_time_unix_nano or time_unix_nano is missing or impossible");
            return;
        }

        var series = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            series[attribute.Key] = AttributeText.Of(attribute.Value);
        }

        if (series.Count > MaximumAttributes || series.Any(attribute => attribute.Key.Length > MaximumText || attribute.Value.Length > MaximumText))
        {
            Reject(RejectionReason.Malformed, 1, $"{metric.Name}: attributes are too many or too long (allowed: {MaximumAttributes} of {MaximumText} characters)");
            return;
        }

        _points.Add(new TelemetryPoint(site, instance, startTime, pointTime, metric.Name, [.. series], count, sum, buckets, bounds) { Unit = metric.Unit });
    }

    private void Reject(RejectionReason reason, long count, string problem)
    {
        if (count > 0)
        {
            _rejections[reason] = _rejections.GetValueOrDefault(reason) + count;
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
