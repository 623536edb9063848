using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Sockets;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Opens sockets to upstreams: a host name's addresses in turn, and the next one where one refuses.</summary>
internal sealed class UpstreamConnector(HostResolver resolver, ISocketOpener opener)
{
    /// <summary>For the general client.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) => new NetworkStream(
        await OpenAsync(
            context.DnsEndPoint.Host,
            context.DnsEndPoint.Port,
            static (address, cancellation) => GeneralSocketOpener.ConnectAsync(address, cancellation),
            cancellationToken),
        ownsSocket: true);

    /// <exception cref="SocketException">The name is not known, or no address takes a connection.</exception>
    public ValueTask<IByteSocket> OpenAsync(string host, int port, CancellationToken cancellationToken) =>
        OpenAsync(host, port, opener.OpenAsync, cancellationToken);

    private async ValueTask<T> OpenAsync<T>(string host, int port, Func<IPEndPoint, CancellationToken, ValueTask<T>> open, CancellationToken cancellationToken)
    {
        var addresses = await resolver.ResolveAsync(host, cancellationToken);
        var first = addresses.NextStart();
        SocketException? failure = null;
        for (var i = 0; i < addresses.All.Count; i++)
        {
            var address = addresses.All[(first + i) % addresses.All.Count];
            try
            {
                return await open(new IPEndPoint(address, port), cancellationToken);
            }
            catch (SocketException refused)
            {
                failure = refused;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }
}
