using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace EndToEnd.Tests.Telemetry;

/// <summary>Stands where an OpenTelemetry Collector would: OTLP's own service definition over mTLS, nothing of the gateway's.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedExport> Exports { get; } = new();

    /// <summary>Answers for the next calls; then all is taken.</summary>
    public ConcurrentQueue<Func<ExportMetricsServiceResponse>> Answers { get; } = new();

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<OtlpReceiver> StartAsync(string certificate, string key, string authorities)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, key);
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (leaf, _, _) => IsOf(leaf, authorities);
            });
        }));
        OtlpReceiver? receiver = null;
        builder.Services.AddSingleton<Func<ExportMetricsServiceRequest, ExportMetricsServiceResponse>>(request => receiver!.Take(request));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        receiver = new OtlpReceiver(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Of its last report, a counter's value for these attributes; 0 where there is none.</summary>
    public long Counted(string metric, params (string Name, string Value)[] attributes) => Exports
        .SelectMany(export => export.Request.ResourceMetrics).SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics)
        .Where(reported => reported.Name == metric).SelectMany(reported => reported.Sum.DataPoints)
        .Where(point => attributes.All(wanted => point.Attributes.Any(attribute => attribute.Key == wanted.Name && attribute.Value.StringValue == wanted.Value)))
        .Select(point => point.AsInt).LastOrDefault();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static bool IsOf(X509Certificate2 leaf, string authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }

    private ExportMetricsServiceResponse Take(ExportMetricsServiceRequest request)
    {
        Exports.Enqueue(new ReceivedExport(request, TimeProvider.System.GetElapsedTime(_start)));
        return Answers.TryDequeue(out var answer) ? answer() : new ExportMetricsServiceResponse();
    }

    private sealed class Service(Func<ExportMetricsServiceRequest, ExportMetricsServiceResponse> take) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) => Task.FromResult(take(request));
    }
}
