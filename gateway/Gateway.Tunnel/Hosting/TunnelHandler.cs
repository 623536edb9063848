using System.Net;
using System.Net.Security;
using Grpc.Net.Client;

namespace Gateway.Tunnel.Hosting;

/// <summary>Opens connections to a control plane: HTTP/2, no proxy, dead ones noticed.</summary>
internal static class TunnelHandler
{
    private const int MaximumMessage = 2 * 1024 * 1024;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    public static GrpcChannel Open(DnsEndPoint address, TimeSpan connectTimeout, SslClientAuthenticationOptions tls)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = connectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            SslOptions = tls,
        };
        return GrpcChannel.ForAddress(
            new UriBuilder(Uri.UriSchemeHttps, address.Host, address.Port).Uri,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = MaximumMessage });
    }
}
