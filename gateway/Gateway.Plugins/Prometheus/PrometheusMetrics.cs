using Gateway.DataPlane.Telemetry.Exposition;

namespace Gateway.Plugins.Prometheus;

/// <summary>What all prometheus plugins of the process have counted, in Kong's names. Survives every change of configuration.</summary>
internal sealed class PrometheusMetrics : IMetricsPage
{
    /// <summary>Of each metric.</summary>
    public const int MaxSeries = 10_000;

    private const string Workspace = "default";

    // Kong's own.
    private static readonly double[] GatewayBounds = [1, 2, 5, 7, 10, 15, 20, 30, 50, 75, 100, 200, 500, 750, 1000];
    private static readonly double[] UpstreamBounds = [25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10000, 30000, 60000];

    public Series<Total> Requests { get; } = new(MaxSeries, static () => new Total());

    public Series<Total> Bytes { get; } = new(MaxSeries, static () => new Total());

    public Series<Distribution> GatewayLatency { get; } = new(MaxSeries, static () => new Distribution(GatewayBounds));

    public Series<Distribution> UpstreamLatency { get; } = new(MaxSeries, static () => new Distribution(UpstreamBounds));

    public Series<Distribution> RequestLatency { get; } = new(MaxSeries, static () => new Distribution(UpstreamBounds));

    public void Write(MetricsText text)
    {
        const string HttpRequests = "kong_http_requests_total";
        text.Family(HttpRequests, "counter", "HTTP status codes per consumer/service/route in Kong");
        foreach (var (key, total) in Requests.All)
        {
            text.Sample(
                HttpRequests, total.Value, ("service", key.Service), ("route", key.Route), ("code", key.Kind), ("source", key.Source), ("workspace", Workspace), ("consumer", key.Consumer));
        }

        const string Bandwidth = "kong_bandwidth_bytes";
        text.Family(Bandwidth, "counter", "Total bandwidth (ingress/egress) throughput in bytes");
        foreach (var (key, total) in Bytes.All)
        {
            text.Sample(Bandwidth, total.Value, ("service", key.Service), ("route", key.Route), ("direction", key.Kind), ("workspace", Workspace), ("consumer", key.Consumer));
        }

        Write(text, "kong_kong_latency_ms", "Latency added by Kong in ms for each service/route", GatewayLatency);
        Write(text, "kong_upstream_latency_ms", "Latency added by upstream response in ms for each service/route", UpstreamLatency);
        Write(text, "kong_request_latency_ms", "Total latency incurred during requests in ms for each service/route", RequestLatency);
    }

    private static void Write(MetricsText text, string name, string help, Series<Distribution> series)
    {
        text.Family(name, "histogram", help);
        foreach (var (key, distribution) in series.All)
        {
            text.Histogram(
                name, distribution.Bounds, distribution.Buckets, distribution.Sum, ("service", key.Service), ("route", key.Route), ("workspace", Workspace));
        }
    }
}
