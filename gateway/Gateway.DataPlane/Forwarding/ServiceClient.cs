using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Forwarding;

/// <inheritdoc cref="IServiceClient"/>
internal sealed class ServiceClient(UpstreamConnections connections, UpstreamBalancer balancer) : IServiceClient
{
    public async Task<HttpResponseMessage> SendAsync(ServiceAddress address, HttpRequestMessage request, string path, CancellationToken cancellation)
    {
        if (address.Upstream is not { } upstream)
        {
            return await SendAsync(address, address.Service.Direct, request, path, cancellation);
        }

        var peer = balancer.Begin(await balancer.PeersAsync(upstream), failed: default, hash: null)
            ?? throw new HttpRequestException(HttpRequestError.ConnectionError, "no target of the upstream is available");
        try
        {
            return await SendAsync(address, peer.Address, request, path, cancellation);
        }
        finally
        {
            // Load while it lasts. Passive health checks are about clients' requests.
            peer.State.End();
        }
    }

    private Task<HttpResponseMessage> SendAsync(
        ServiceAddress address, TargetModel target, HttpRequestMessage request, string path, CancellationToken cancellation)
    {
        var service = address.Service;
        request.RequestUri = new Uri(target.BaseAddress(service.IsTls) + path);
        request.Headers.Host = target.HostHeader(service.IsTls);
        return connections.For(address.Tls, service.Timeouts.Connect).SendAsync(request, cancellation);
    }
}
