using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry.Otlp;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>Port 8006: any OTLP exporter with a valid certificate of a site that may join.</summary>
internal sealed class MetricsIngest(ITelemetryStore store, SiteAdmission admission, ILogger<MetricsIngest> logger)
    : MetricsService.MetricsServiceBase
{
    public override async Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
    {
        var connection = context.GetHttpContext().Features.Get<TunnelConnection>();
        var site = (await admission.AdmitAsync(connection, renewing: false, context.CancellationToken)).Name;
        var converted = MetricsConverter.Convert(request, site);
        if (converted.Points.Count > 0)
        {
            await StoreAsync(converted.Points, site, context.CancellationToken);
        }

        var response = new ExportMetricsServiceResponse();
        if (converted.Rejected > 0)
        {
            response.PartialSuccess = new ExportMetricsPartialSuccess { RejectedDataPoints = converted.Rejected, ErrorMessage = converted.Problem };
        }

        return response;
    }

    private async Task StoreAsync(IReadOnlyList<TelemetryPoint> points, string site, CancellationToken cancellationToken)
    {
        try
        {
            await store.FoldAsync(points, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The OTLP specification's code for "send it again".
            TelemetryLog.NotStored(logger, site, error);
            throw new RpcException(new Status(StatusCode.Unavailable, "telemetry cannot be stored now"));
        }
    }
}
