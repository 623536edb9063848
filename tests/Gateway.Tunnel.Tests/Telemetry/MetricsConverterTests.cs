using Gateway.Tunnel.Telemetry.Ingest;
using Gateway.Tunnel.Telemetry.Otlp;
using Google.Protobuf;

namespace Gateway.Tunnel.Tests.Telemetry;

public sealed class MetricsConverterTests
{
    [Fact]
    public void Increments_are_rejected_with_a_reason_and_the_rest_is_taken()
    {
        var converted = Convert(
            new Metric { Name = "good", Sum = Sum(AggregationTemporality.Cumulative, Point(3)) },
            new Metric { Name = "increments", Sum = Sum(AggregationTemporality.Delta, Point(1), Point(2)) },
            new Metric { Name = "level", Gauge = new Gauge { DataPoints = { Point(1) } } },
            new Metric { Name = "up and down", Sum = new Sum { AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { Point(1) } } });
        Assert.Equal(["good"], converted.Points.Select(point => point.Metric));
        Assert.Equal(4, converted.Rejected);
        Assert.Contains("increments: temporality is not cumulative", converted.Problem, StringComparison.Ordinal);
        Assert.Contains("level: Gauge is not kept", converted.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_cannot_be_are_rejected()
    {
        var noStart = Point(1);
        noStart.StartTimeUnixNano = 0;
        var backwards = Point(1);
        backwards.TimeUnixNano = 1;
        var never = Point(1);
        never.TimeUnixNano = ulong.MaxValue;
        var notANumber = Point(0);
        notANumber.AsDouble = double.NaN;
        var tooLarge = Point(0);
        tooLarge.AsDouble = 1e300;
        var converted = Convert(new Metric
        {
            Name = "m",
            Sum = Sum(AggregationTemporality.Cumulative, noStart, backwards, never, notANumber, tooLarge, Point(-1)),
        });
        Assert.Empty(converted.Points);
        Assert.Equal(6, converted.Rejected);
    }

    public static TheoryData<ulong, ulong[], double[]> ImpossibleHistograms => new()
    {
        { 3, [1, 2], [] },
        { 3, [1, 1, 0], [1, 2] },
        { 3, [1, 1, 1], [2, 1] },
        { 3, [1, 1, 1], [1, 1] },
        { 3, [1, 1, 1], [1, double.NaN] },
        { 0, [ulong.MaxValue, 1], [1] },
        { ulong.MaxValue, [ulong.MaxValue, 0], [1] },
    };

    [Theory]
    [MemberData(nameof(ImpossibleHistograms))]
    public void A_histogram_whose_numbers_do_not_fit_together_is_rejected(ulong count, ulong[] buckets, double[] bounds)
    {
        var point = new HistogramDataPoint { StartTimeUnixNano = 1, TimeUnixNano = 2, Count = count, BucketCounts = { buckets }, ExplicitBounds = { bounds } };
        var converted = Convert(new Metric { Name = "h", Histogram = new Histogram { AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { point } } });
        Assert.Empty(converted.Points);
        Assert.Equal([new(RejectionReason.Malformed, 1)], converted.Rejections);
    }

    [Fact]
    public void The_site_is_the_certificates_whatever_the_resource_says_and_attributes_are_ordered()
    {
        var point = Point(1);
        point.Attributes.Add(new KeyValue { Key = "b", Value = new AnyValue { IntValue = 2 } });
        point.Attributes.Add(new KeyValue { Key = "a", Value = new AnyValue { BoolValue = true } });
        var request = Request(new Metric { Name = "m", Sum = Sum(AggregationTemporality.Cumulative, point) });
        request.ResourceMetrics[0].Resource.Attributes.Add(new KeyValue { Key = "gateway.site", Value = new AnyValue { StringValue = "cloud" } });
        var converted = MetricsConverter.Convert(request, "on-prem").Points.Single();
        Assert.Equal("on-prem", converted.Site);
        Assert.Equal([new("a", "true"), new("b", "2")], converted.Attributes);
    }

    [Fact]
    public void An_instance_id_that_is_no_uuid_is_always_the_same_instance()
    {
        static Guid Of(string id) => InstanceIdentifier.Of(new Resource
        {
            Attributes = { new KeyValue { Key = "service.instance.id", Value = new AnyValue { StringValue = id } } },
        });
        Assert.Equal(Of("pod-1"), Of("pod-1"));
        Assert.NotEqual(Of("pod-1"), Of("pod-2"));
        Assert.Equal(Guid.Parse("627cc493-f310-47de-96bd-71410b7dec09"), Of("627cc493-f310-47de-96bd-71410b7dec09"));
    }

    /// <summary>Bytes worked out by hand from the specification's field numbers: ours must be OTLP's.</summary>
    [Fact]
    public void The_wire_form_is_otlps()
    {
        var bytes = System.Convert.FromHexString(
            "0A31" // resource_metrics
            + "0A00" // resource
            + "122D" // scope_metrics
            + "122B" // metrics
            + "0A016D" // name "m"
            + "1A0131" // unit "1"
            + "3A23" // sum
            + "0A1D" // data_points
            + "110100000000000000" // start_time_unix_nano 1
            + "190200000000000000" // time_unix_nano 2
            + "310500000000000000" // as_int 5
            + "3A00" // attributes: one empty
            + "1002" // cumulative
            + "1801"); // monotonic
        var metric = ExportMetricsServiceRequest.Parser.ParseFrom(bytes).ResourceMetrics.Single().ScopeMetrics.Single().Metrics.Single();
        Assert.Equal(("m", "1", true, AggregationTemporality.Cumulative), (metric.Name, metric.Unit, metric.Sum.IsMonotonic, metric.Sum.AggregationTemporality));
        var point = metric.Sum.DataPoints.Single();
        Assert.Equal((1UL, 2UL, 5L), (point.StartTimeUnixNano, point.TimeUnixNano, point.AsInt));
        Assert.Single(point.Attributes);
    }

    private static ConvertedMetrics Convert(params Metric[] metrics) =>
        MetricsConverter.Convert(ExportMetricsServiceRequest.Parser.ParseFrom(Request(metrics).ToByteArray()), "on-prem");

    private static ExportMetricsServiceRequest Request(params Metric[] metrics) => new()
    {
        ResourceMetrics = { new ResourceMetrics { Resource = new Resource(), ScopeMetrics = { new ScopeMetrics { Metrics = { metrics } } } } },
    };

    private static Sum Sum(AggregationTemporality temporality, params NumberDataPoint[] points) =>
        new() { AggregationTemporality = temporality, IsMonotonic = true, DataPoints = { points } };

    private static NumberDataPoint Point(long value) => new() { StartTimeUnixNano = 1_000_000_000, TimeUnixNano = 2_000_000_000, AsInt = value };
}
