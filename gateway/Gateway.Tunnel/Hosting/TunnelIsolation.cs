using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tunnel.Hosting;

/// <summary>
/// On a tunnel's port only that tunnel's service can be reached, and it can be reached nowhere else. Decided by the connection, not by a header. Runs before
/// everything else in the pipeline.
/// </summary>
internal sealed class TunnelIsolation : IStartupFilter
{
    public const string ConfigurationPath = "/gateway.cluster.v1.Cluster";
    public const string EnrollmentPath = "/gateway.cluster.v1.Enrollment";
    public const string TelemetryPath = "/opentelemetry.proto.collector.metrics.v1.MetricsService";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, following) =>
        {
            var kind = context.Features.Get<TunnelConnection>()?.Kind;
            if (kind == Of(context.Request.Path))
            {
                return following(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        next(app);
    };

    private static TunnelKind? Of(PathString path) =>
        path.StartsWithSegments(ConfigurationPath, StringComparison.Ordinal) ? TunnelKind.Configuration
        : path.StartsWithSegments(TelemetryPath, StringComparison.Ordinal) ? TunnelKind.Telemetry
        : path.StartsWithSegments(EnrollmentPath, StringComparison.Ordinal) ? TunnelKind.Enrollment
        : null;
}
