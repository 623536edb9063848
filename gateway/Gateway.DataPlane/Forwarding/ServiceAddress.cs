using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Where a service's requests go and how, as configured when it was taken. Unlike a request's context it may be kept.</summary>
public sealed class ServiceAddress
{
    internal ServiceAddress(ServiceModel service, UpstreamModel? upstream, TlsProfile tls)
    {
        Service = service;
        Upstream = upstream;
        Tls = tls;
    }

    internal ServiceModel Service { get; }

    internal UpstreamModel? Upstream { get; }

    internal TlsProfile Tls { get; }
}
