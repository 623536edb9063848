using System.Text.Json.Nodes;
using Gateway.ControlPlane.Telemetry;
using Gateway.Tunnel.Hosting;

namespace Gateway.Hosting;

/// <summary>What probes ask a control plane: <c>/status</c> while it lives, <c>/status/ready</c> while it takes requests; and Prometheus: <c>/metrics</c>.</summary>
internal static class ControlPlaneStatus
{
    /// <summary>Answers everything that arrives on the port; goes before routing.</summary>
    public static void UseControlPlaneStatus(this IApplicationBuilder app, int port)
    {
        var lifetime = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        var tunnels = app.ApplicationServices.GetRequiredService<TunnelMetricsText>();
        var telemetry = app.ApplicationServices.GetRequiredService<TelemetryMetricsText>();
        app.Use((context, next) => context.Connection.LocalPort == port ? AnswerAsync(context, lifetime, tunnels, telemetry) : next(context));
    }

    // The server listens only after the store is open and the publisher has read what is released: to answer at all is to be ready.
    private static Task AnswerAsync(HttpContext context, IHostApplicationLifetime lifetime, TunnelMetricsText tunnels, TelemetryMetricsText telemetry)
    {
        var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
        context.Response.ContentType = "application/json";
        switch (context.Request.Path.Value)
        {
            case "/status":
                return context.Response.WriteAsync(new JsonObject { ["role"] = "control_plane", ["version"] = GatewayVersion.Current }.ToJsonString());
            case "/status/ready":
                context.Response.StatusCode = stopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
                return context.Response.WriteAsync(new JsonObject { ["message"] = stopping ? "stopping" : "ready" }.ToJsonString());
            case "/metrics":
                context.Response.ContentType = TunnelMetricsText.ContentType;
                return context.Response.WriteAsync(tunnels.Render() + telemetry.Render());
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return context.Response.WriteAsync(new JsonObject { ["message"] = "Not found" }.ToJsonString());
        }
    }
}
