using System.Net;
using System.Net.Sockets;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Opens sockets to upstreams: a host name's addresses in turn, and the next one where one refuses.</summary>
internal sealed class UpstreamConnector(HostResolver resolver)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        new NetworkStream(await OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true);

    /// <exception cref="SocketException">The name is not known, or no address takes a connection.</exception>
    public async ValueTask<Socket> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await resolver.ResolveAsync(host, cancellationToken);
        var first = addresses.NextStart();
        SocketException? failure = null;
        for (var i = 0; i < addresses.All.Count; i++)
        {
            var address = addresses.All[(first + i) % addresses.All.Count];
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return socket;
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                failure = refused;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }
}
