using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Hosting;
using Gateway.Model.Entities;
using Gateway.Tunnel.Telemetry;

namespace Gateway.DataPlane.Telemetry.Exposition;

/// <summary>What Prometheus is told of the process itself, in Kong's names where it has them.</summary>
internal sealed class NodeMetrics(ServingState state, ConfigurationStore configurations, RequestMetrics requests) : IMetricsPage
{
    public void Write(MetricsText text)
    {
        var points = new List<MetricPoint>();
        requests.Collect(points);
        text.Family("kong_nginx_connections_total", "gauge", "Number of client connections");
        text.Sample("kong_nginx_connections_total", state.Connections, ("subsystem", "http"), ("state", "active"));
        text.Family("kong_nginx_requests_total", "gauge", "Number of finished requests");
        text.Sample("kong_nginx_requests_total", points.Where(point => point.Metric == MetricNames.Requests).Sum(point => point.Count), ("subsystem", "http"));
        text.Family("gateway_configuration_revision", "gauge", "Revision of the configuration that serves");
        text.Sample("gateway_configuration_revision", configurations.Current.Revision);
        text.Family("gateway_memory_working_set_bytes", "gauge", "Memory of the process");
        text.Sample("gateway_memory_working_set_bytes", Environment.WorkingSet);
        text.Family("gateway_memory_allocated_bytes_total", "counter", "Managed memory that was allocated since the start, whether or not it is in use");
        text.Sample("gateway_memory_allocated_bytes_total", GC.GetTotalAllocatedBytes());
        WriteByPlugin(text, points, "gateway_log_dropped_total", MetricNames.DroppedLogRecords, "Records of requests that no log got");
        WriteByPlugin(text, points, "gateway_plugin_stalls_total", MetricNames.PluginStalls, "Inline phases that took too long");
        WriteTargets(text);
    }

    private static void WriteByPlugin(MetricsText text, List<MetricPoint> points, string name, string metric, string help)
    {
        text.Family(name, "counter", help);
        foreach (var point in points.Where(point => point.Metric == metric))
        {
            text.Sample(name, point.Count, [.. point.Attributes.Select(attribute => (attribute.Key, attribute.Value))]);
        }
    }

    // Kong's own condition: some prometheus plugin asks for it.
    private void WriteTargets(MetricsText text)
    {
        const string Name = "kong_upstream_target_health";
        var configuration = configurations.Current;
        if (!configuration.PluginEntities.Values.Any(AsksForTargets))
        {
            return;
        }

        text.Family(Name, "gauge", "Health status of targets of upstream. States = healthchecks_off|healthy|unhealthy|dns_error, value is 1 when state is populated.");
        foreach (var upstream in configuration.Upstreams.Values)
        {
            var peers = upstream.State.Set.Peers;
            foreach (var peer in peers)
            {
                WriteTarget(text, upstream.Entity.Name, peer.Key.Target, peer.Address.Authority, !upstream.UsesHealthChecks ? "healthchecks_off" : peer.State.Health.IsHealthy ? "healthy" : "unhealthy");
            }

            foreach (var target in upstream.Targets.Where(target => !peers.Any(peer => peer.Key.Target == target.Authority)))
            {
                WriteTarget(text, upstream.Entity.Name, target.Authority, string.Empty, "dns_error");
            }
        }

        static void WriteTarget(MetricsText text, string upstream, string target, string address, string state)
        {
            foreach (var possible in (ReadOnlySpan<string>)["healthchecks_off", "healthy", "unhealthy", "dns_error"])
            {
                text.Sample(Name, possible == state ? 1 : 0, ("upstream", upstream), ("target", target), ("address", address), ("state", possible), ("subsystem", "http"));
            }
        }
    }

    private static bool AsksForTargets(Plugin plugin) =>
        plugin is { Name: "prometheus", Enabled: true } && plugin.Config["upstream_health_metrics"]?.GetValue<bool>() is true;
}
