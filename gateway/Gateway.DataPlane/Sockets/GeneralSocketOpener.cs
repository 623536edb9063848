using System.Net;
using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>Opens sockets that .NET drives.</summary>
internal sealed class GeneralSocketOpener : ISocketOpener
{
    public async ValueTask<IByteSocket> OpenAsync(IPEndPoint address, CancellationToken cancellationToken) =>
        new GeneralSocket(await ConnectAsync(address, cancellationToken));

    public static async ValueTask<Socket> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return socket;
    }
}
