using System.Globalization;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.Prometheus;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Prometheus;

/// <summary>Kong's <c>prometheus</c>: counts finished requests.</summary>
internal sealed class PrometheusPlugin(PrometheusConfig config, PrometheusMetrics metrics) : PluginInstance(new PluginPhases { Log = PhaseMode.Inline })
{
    public override ValueTask LogAsync(RequestContext context)
    {
        var service = context.Service is { } entity ? entity.Name ?? entity.Host : string.Empty;
        var route = context.Route is { } matched ? matched.Name ?? matched.Id.ToString() : string.Empty;
        var consumer = config.PerConsumer ? context.Consumer?.Username ?? string.Empty : string.Empty;
        if (config.StatusCodeMetrics)
        {
            var status = context.Http.Response.StatusCode;
            metrics.Requests.For(new SeriesKey(service, route, status.ToString(CultureInfo.InvariantCulture), SourceOf(context, status), consumer)).Add(1);
        }

        if (config.BandwidthMetrics)
        {
            metrics.Bytes.For(new SeriesKey(service, route, "ingress", string.Empty, consumer)).Add(context.RequestBytes);
            metrics.Bytes.For(new SeriesKey(service, route, "egress", string.Empty, consumer)).Add(context.ResponseBytes);
        }

        if (config.LatencyMetrics)
        {
            var key = new SeriesKey(service, route, string.Empty, string.Empty, string.Empty);
            var durations = context.Durations;
            metrics.RequestLatency.For(key).Observe(durations.Total);
            metrics.GatewayLatency.For(key).Observe(durations.Gateway);
            if (durations.Upstream is { } upstream)
            {
                metrics.UpstreamLatency.For(key).Observe(upstream);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static string SourceOf(RequestContext context, int status) =>
        context.IsProxied ? "service" : status >= StatusCodes.Status500InternalServerError ? "error" : "exit";
}
