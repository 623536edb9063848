using System.Net;
using System.Net.Security;
using Grpc.Net.Client;

namespace Gateway.Tunnel.Hosting;

/// <summary>Opens connections to a control plane: HTTP/2, through a proxy only where it is ours, dead ones noticed.</summary>
internal static class TunnelHandler
{
    private const int MaximumMessage = 2 * 1024 * 1024;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    public static GrpcChannel Open(DnsEndPoint address, TunnelProxy? proxy, TimeSpan connectTimeout, SslClientAuthenticationOptions tls)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = proxy is null ? connectTimeout : 2 * connectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            SslOptions = tls,
        };
        if (proxy is not null)
        {
            // Not the handler's own support: to an https proxy it would show the site's certificate, and ask for a control plane's.
            var connector = new ProxyConnector(proxy, connectTimeout);
            handler.ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }

        return GrpcChannel.ForAddress(
            new UriBuilder(Uri.UriSchemeHttps, address.Host, address.Port).Uri,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = MaximumMessage });
    }
}
