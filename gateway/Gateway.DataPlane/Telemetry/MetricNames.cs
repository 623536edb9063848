namespace Gateway.DataPlane.Telemetry;

/// <summary>What a data plane reports. Histograms are in milliseconds.</summary>
internal static class MetricNames
{
    /// <summary>Finished requests by service, route and status.</summary>
    public const string Requests = "gateway.requests";

    /// <summary>Bytes of request bodies.</summary>
    public const string RequestBytes = "gateway.request.bytes";

    /// <summary>Bytes of response bodies.</summary>
    public const string ResponseBytes = "gateway.response.bytes";

    /// <summary>From a request's arrival to the end of its response.</summary>
    public const string RequestLatency = "gateway.request.latency";

    /// <summary>From sending a request to an upstream to the headers of its response.</summary>
    public const string UpstreamLatency = "gateway.upstream.latency";

    /// <summary>What the gateway itself took before it sent the request on, or answered.</summary>
    public const string ProxyLatency = "gateway.proxy.latency";

    /// <summary>Finished requests by consumer.</summary>
    public const string ConsumerRequests = "gateway.consumer.requests";

    /// <summary>Inline phases that took too long, by plugin and phase.</summary>
    public const string PluginStalls = "gateway.plugin.stalls";

    /// <summary>Records of requests that no log got, by plugin.</summary>
    public const string DroppedLogRecords = "gateway.log.dropped";
}
