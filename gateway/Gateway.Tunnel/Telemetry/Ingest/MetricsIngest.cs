using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry.Otlp;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>Port 8006: any OTLP exporter with a valid certificate of a site that may join.</summary>
internal sealed class MetricsIngest(ITelemetryStore store, SiteAdmission admission, IngestMetrics metrics, ILogger<MetricsIngest> logger)
    : MetricsService.MetricsServiceBase
{
    private const string TooManyStreams = "the site has as many streams of points as it may have (a stream is an instance's metric with its attributes)";

    public override async Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
    {
        var connection = context.GetHttpContext().Features.Get<TunnelConnection>();
        var site = (await admission.AdmitAsync(connection, renewing: false, context.CancellationToken)).Name;
        var converted = MetricsConverter.Convert(request, site);
        var outcome = converted.Points.Count > 0 ? await StoreAsync(converted.Points, site, context.CancellationToken) : FoldOutcome.Nothing;

        // Counted when it is known that the sender will not repeat it.
        metrics.Folded(converted.Points.Count, outcome);
        foreach (var (reason, points) in converted.Rejections)
        {
            metrics.Reject(reason, points);
        }

        var response = new ExportMetricsServiceResponse();
        if (converted.Rejected + outcome.Refused > 0)
        {
            string[] problems = [converted.Problem, outcome.Refused > 0 ? TooManyStreams : ""];
            response.PartialSuccess = new ExportMetricsPartialSuccess
            {
                RejectedDataPoints = converted.Rejected + outcome.Refused,
                ErrorMessage = string.Join("; ", problems.Where(problem => problem.Length > 0)),
            };
            TelemetryLog.PointsNotKept(logger, response.PartialSuccess.RejectedDataPoints, site, response.PartialSuccess.ErrorMessage);
        }

        return response;
    }

    private async Task<FoldOutcome> StoreAsync(IReadOnlyList<TelemetryPoint> points, string site, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FoldAsync(points, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The OTLP specification's code for "send it again".
            TelemetryLog.NotStored(logger, site, error);
            throw new RpcException(new Status(StatusCode.Unavailable, "telemetry cannot be stored now"));
        }
    }
}
