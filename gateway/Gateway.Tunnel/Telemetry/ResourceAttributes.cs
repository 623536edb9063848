namespace Gateway.Tunnel.Telemetry;

/// <summary>Names of resource attributes, OpenTelemetry's where it has them.</summary>
internal static class ResourceAttributes
{
    public const string ServiceName = "service.name";
    public const string ServiceVersion = "service.version";
    public const string ServiceInstanceId = "service.instance.id";

    /// <summary>For tools at the other end; a control plane of ours takes the site from the certificate.</summary>
    public const string Site = "gateway.site";
}
