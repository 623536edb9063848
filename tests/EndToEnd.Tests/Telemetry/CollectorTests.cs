using EndToEnd.Tests.Executable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Hybrid.Testing;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace EndToEnd.Tests.Telemetry;

/// <summary>A data plane whose telemetry goes to somebody else's OTLP receiver, by OTLP's specification 1.x.</summary>
public sealed class CollectorTests
{
    private const string Site = "on-prem";
    private static readonly (string, string)[] Served = [("route", "first"), ("status", "200")];

    [Fact]
    public async Task An_otlp_receiver_reads_all_that_a_data_plane_reports()
    {
        await using var gateway = new GatewayInstallation();
        await using var receiver = await StartAsync(gateway);
        var dataPlane = await StartDataPlaneAsync(gateway, receiver);
        await RequestAsync(gateway, "/first", 10);
        await RequestAsync(gateway, "/nowhere", 3);
        await Eventually.TrueAsync(() => receiver.Counted("gateway.requests", Served) == 10);
        await gateway.StopAsync(dataPlane);
        Assert.Equal(3, receiver.Counted("gateway.requests", ("route", ""), ("status", "404")));

        var exports = receiver.Exports.Select(export => export.Request).ToList();
        Assert.True(exports.Count >= 2);
        var known = ExportMetricsServiceRequest.Parser.WithDiscardUnknownFields(true);
        Assert.All(exports, export => Assert.Equal(export.CalculateSize(), known.ParseFrom(export.ToByteArray()).CalculateSize()));
        Assert.All(exports.SelectMany(export => export.ResourceMetrics), resource => FollowsConventions(resource));
        Assert.Single(exports.SelectMany(export => export.ResourceMetrics).Select(Instance).Distinct(StringComparer.Ordinal));
        var metrics = exports.SelectMany(export => export.ResourceMetrics).SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics).ToList();
        Assert.Contains(metrics, metric => metric is { Name: "gateway.request.latency", Unit: "ms", DataCase: Metric.DataOneofCase.Histogram });
        Assert.All(metrics, IsValid);

        // Cumulative: one start, times that only move on, counts that never shrink.
        var points = metrics.Where(metric => metric.Name == "gateway.requests").SelectMany(metric => metric.Sum.DataPoints)
            .Where(point => point.Attributes.Any(attribute => attribute.Value.StringValue == "first")).ToList();
        Assert.Single(points.Select(point => point.StartTimeUnixNano).Distinct());
        Assert.Equal(points.Select(point => point.TimeUnixNano).Distinct().Order(), points.Select(point => point.TimeUnixNano));
        Assert.Equal(points.Select(point => point.AsInt).Order(), points.Select(point => point.AsInt));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    public async Task What_a_receiver_does_not_take_it_hears_again(StatusCode status)
    {
        await using var gateway = new GatewayInstallation();
        await using var receiver = await StartAsync(gateway);
        var dataPlane = await StartDataPlaneAsync(gateway, receiver);
        for (var i = 0; i < 3; i++)
        {
            receiver.Answers.Enqueue(() => throw new RpcException(new Grpc.Core.Status(status, "not now")));
        }

        await RequestAsync(gateway, "/first", 7);
        await Eventually.TrueAsync(() => receiver.Answers.IsEmpty);
        await gateway.StopAsync(dataPlane);

        Assert.Equal(7, receiver.Counted("gateway.requests", Served));
        Assert.Contains(dataPlane.Lines, line => line.Contains("Telemetry cannot be exported", StringComparison.Ordinal) && line.Contains("not now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_gets_it()
    {
        await using var gateway = new GatewayInstallation();
        await using var receiver = await StartAsync(gateway);
        await StartDataPlaneAsync(gateway, receiver);
        await RequestAsync(gateway, "/first", 1);
        var asked = new TaskCompletionSource<int>();
        receiver.Answers.Enqueue(() =>
        {
            asked.SetResult(receiver.Exports.Count);
            throw Throttled(TimeSpan.FromSeconds(4));
        });
        var before = await asked.Task.WaitAsync(Eventually.DefaultLimit, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => receiver.Exports.Count > before);

        var exports = receiver.Exports.ToArray();
        var waited = exports[before].At - exports[before - 1].At;
        Assert.True(waited >= TimeSpan.FromSeconds(3.9), $"{waited}");
    }

    [Fact]
    public async Task What_a_receiver_takes_in_part_is_said_and_not_repeated_at_once()
    {
        await using var gateway = new GatewayInstallation();
        await using var receiver = await StartAsync(gateway);
        var dataPlane = await StartDataPlaneAsync(gateway, receiver);
        await RequestAsync(gateway, "/first", 1);
        var asked = new TaskCompletionSource<int>();
        receiver.Answers.Enqueue(() =>
        {
            asked.SetResult(receiver.Exports.Count);
            return new ExportMetricsServiceResponse { PartialSuccess = new ExportMetricsPartialSuccess { RejectedDataPoints = 5, ErrorMessage = "too many series" } };
        });
        receiver.Answers.Enqueue(() => new ExportMetricsServiceResponse { PartialSuccess = new ExportMetricsPartialSuccess { ErrorMessage = "names change in version 2" } });
        await dataPlane.LineAsync(line => line.Contains("did not take 5 data points: too many series", StringComparison.Ordinal));
        await dataPlane.LineAsync(line => line.Contains("names change in version 2", StringComparison.Ordinal));

        var before = await asked.Task;
        var exports = receiver.Exports.ToArray();
        var waited = exports[before].At - exports[before - 1].At;
        Assert.True(waited >= TimeSpan.FromSeconds(0.7), $"{waited}");
    }

    private static async Task<OtlpReceiver> StartAsync(GatewayInstallation gateway)
    {
        await gateway.PrepareAsync(Site);
        await gateway.StartAsync(gateway.ControlPlane(Site));
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"first","paths":["/first"]}""");
        return await OtlpReceiver.StartAsync(gateway.PathOf("certs/control-plane.crt"), gateway.PathOf("certs/control-plane.key"), gateway.PathOf("certs/ca.crt"));
    }

    private static Task<RunningProcess> StartDataPlaneAsync(GatewayInstallation gateway, OtlpReceiver receiver) =>
        gateway.StartAsync(gateway.DataPlane(0, Site, gateway.Ports + 5, receiver.Port));

    private static async Task RequestAsync(GatewayInstallation gateway, string path, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), path));
        }
    }

    private static RpcException Throttled(TimeSpan delay)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)StatusCode.ResourceExhausted,
            Details = { Any.Pack(new Google.Rpc.RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }) },
        };
        return new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "slower"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } });
    }

    private static string Instance(ResourceMetrics resource) => Attribute(resource, "service.instance.id");

    private static string Attribute(ResourceMetrics resource, string name) =>
        resource.Resource.Attributes.Single(attribute => attribute.Key == name).Value.StringValue;

    private static void FollowsConventions(ResourceMetrics resource)
    {
        Assert.Equal("gateway", Attribute(resource, "service.name"));
        Assert.Matches(@"^\d+\.\d+\.\d+", Attribute(resource, "service.version"));
        Assert.True(Guid.TryParseExact(Instance(resource), "D", out _));
        Assert.All(resource.ScopeMetrics, scope => Assert.NotEmpty(scope.Scope.Name));
    }

    private static void IsValid(Metric metric)
    {
        Assert.NotEmpty(metric.Name);
        if (metric.DataCase == Metric.DataOneofCase.Sum)
        {
            Assert.True(metric.Sum.IsMonotonic);
            Assert.Equal(AggregationTemporality.Cumulative, metric.Sum.AggregationTemporality);
            Assert.All(metric.Sum.DataPoints, point => Assert.InRange(point.StartTimeUnixNano, 1UL, point.TimeUnixNano));
            return;
        }

        Assert.Equal(Metric.DataOneofCase.Histogram, metric.DataCase);
        Assert.Equal(AggregationTemporality.Cumulative, metric.Histogram.AggregationTemporality);
        Assert.All(metric.Histogram.DataPoints, point =>
        {
            Assert.InRange(point.StartTimeUnixNano, 1UL, point.TimeUnixNano);
            Assert.Equal(point.ExplicitBounds.Count + 1, point.BucketCounts.Count);
            Assert.Equal(point.ExplicitBounds.Distinct().Order(), point.ExplicitBounds);
            Assert.Equal(point.Count, point.BucketCounts.Aggregate(0UL, (sum, count) => sum + count));
        });
    }
}
