using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Executable;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace EndToEnd.Tests.Telemetry;

/// <summary>Port 8006 takes OpenTelemetry's own exporter for .NET, with a site's certificate and nothing else of ours.</summary>
public sealed class OpenTelemetryExporterTests
{
    private const string Site = "factory";

    [Fact]
    public async Task Cumulative_counters_and_histograms_are_kept_and_shown()
    {
        await using var gateway = await StartAsync();
        using var meter = new Meter($"test.{Guid.NewGuid():N}");
        var orders = meter.CreateCounter<long>("orders.taken", "{order}");
        var energy = meter.CreateCounter<double>("energy", "J");
        var duration = meter.CreateHistogram<double>("order.duration", "s");
        using (var exporter = Exporter(gateway, meter, MetricReaderTemporalityPreference.Cumulative))
        {
            orders.Add(3, new KeyValuePair<string, object?>("line", "a \"quoted\"\nline"), new KeyValuePair<string, object?>("status", 200));
            energy.Add(41.6);
            duration.Record(0.2);
            duration.Record(40);
            Assert.True(exporter.ForceFlush());
            orders.Add(4, new KeyValuePair<string, object?>("line", "a \"quoted\"\nline"), new KeyValuePair<string, object?>("status", 200));
            Assert.True(exporter.ForceFlush());
            orders.Add(1, new KeyValuePair<string, object?>("line", "b"));
        }

        Assert.Equal(8, await CountedAsync(gateway, "orders.taken"));
        Assert.Equal(7, await CountedAsync(gateway, "orders.taken", "&status=200"));
        Assert.Equal(42, await CountedAsync(gateway, "energy"));
        Assert.Equal(2, await CountedAsync(gateway, "order.duration"));

        var metrics = await MetricsAsync(gateway);
        Assert.Contains("# TYPE orders_taken_total counter", metrics);
        Assert.Contains($$"""orders_taken_total{site="{{Site}}",line="a \"quoted\"\nline",status="200"} 7""", metrics);
        Assert.Contains($$"""orders_taken_total{site="{{Site}}",line="b"} 1""", metrics);
        Assert.Contains($$"""order_duration_seconds_bucket{site="{{Site}}",le="0"} 0""", metrics);
        Assert.Contains($$"""order_duration_seconds_bucket{site="{{Site}}",le="50"} 2""", metrics);
        Assert.Contains($$"""order_duration_seconds_bucket{site="{{Site}}",le="+Inf"} 2""", metrics);
        Assert.Contains($$"""order_duration_seconds_sum{site="{{Site}}"} 40.2""", metrics);
        Assert.Contains("""gateway_telemetry_rejected_points_total{reason="temporality"} 0""", metrics);
    }

    [Fact]
    public async Task Increments_and_levels_are_refused_with_a_reason_and_counted_and_the_rest_is_taken()
    {
        await using var gateway = await StartAsync();
        using var meter = new Meter($"test.{Guid.NewGuid():N}");
        var counter = meter.CreateCounter<long>("parts");
        using (var exporter = Exporter(gateway, meter, MetricReaderTemporalityPreference.Delta))
        {
            counter.Add(5);
            exporter.ForceFlush();
        }

        var level = meter.CreateUpDownCounter<long>("queue");
        meter.CreateObservableGauge("temperature", () => 20);
        using (var exporter = Exporter(gateway, meter, MetricReaderTemporalityPreference.Cumulative))
        {
            counter.Add(2);
            level.Add(1);
            exporter.ForceFlush();
        }

        Assert.Equal(2, await CountedAsync(gateway, "parts"));
        Assert.Equal(0, await CountedAsync(gateway, "queue"));
        var metrics = await MetricsAsync(gateway);
        Assert.True(Value(metrics, """gateway_telemetry_rejected_points_total{reason="temporality"}""") >= 1);
        Assert.True(Value(metrics, """gateway_telemetry_rejected_points_total{reason="kind"}""") >= 2);
    }

    [Fact]
    public async Task Names_that_are_the_control_planes_own_are_not_shown_as_its()
    {
        await using var gateway = await StartAsync();
        using var meter = new Meter($"test.{Guid.NewGuid():N}");
        var forged = meter.CreateCounter<long>("gateway.tunnel.refusals");
        using (Exporter(gateway, meter, MetricReaderTemporalityPreference.Cumulative))
        {
            forged.Add(666);
        }

        var metrics = await MetricsAsync(gateway);
        Assert.DoesNotContain(metrics, line => line.Contains("666", StringComparison.Ordinal));
        Assert.Contains("gateway_telemetry_hidden_series 1", metrics);
    }

    private static async Task<GatewayInstallation> StartAsync()
    {
        var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        await gateway.StartAsync(gateway.ControlPlane(Site));
        return gateway;
    }

    private static MeterProvider Exporter(GatewayInstallation gateway, Meter meter, MetricReaderTemporalityPreference temporality) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("assembly-line", serviceInstanceId: "robot-7"))
        .AddMeter(meter.Name)
        .AddOtlpExporter((exporter, reader) =>
        {
            exporter.Protocol = OtlpExportProtocol.Grpc;
            exporter.Endpoint = new Uri($"https://localhost:{gateway.Ports + 6}");
            exporter.HttpClientFactory = () => NewClient(gateway);
            reader.TemporalityPreference = temporality;
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)TimeSpan.FromMinutes(5).TotalMilliseconds;
        })
        .Build();

    private static HttpClient NewClient(GatewayInstallation gateway)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(gateway.PathOf("certs/ca.crt"));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        var certificate = X509Certificate2.CreateFromPemFile(gateway.PathOf($"certs/{Site}.crt"), gateway.PathOf($"certs/{Site}.key"));
        return new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { ClientCertificates = [certificate], CertificateChainPolicy = policy },
        });
    }

    private static async Task<long> CountedAsync(GatewayInstallation gateway, string metric, string filter = "")
    {
        var answer = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(gateway.Admin, $"/analytics/requests?metric={metric}&site={Site}{filter}"));
        return (long?)answer!["total"]?["count"] ?? 0;
    }

    private static async Task<string[]> MetricsAsync(GatewayInstallation gateway) =>
        (await gateway.Http.GetStringAsync(new Uri($"http://127.0.0.1:{gateway.Ports + 7}/metrics"))).Split('\n');

    private static long Value(string[] metrics, string series) =>
        long.Parse(metrics.Single(line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], CultureInfo.InvariantCulture);
}
