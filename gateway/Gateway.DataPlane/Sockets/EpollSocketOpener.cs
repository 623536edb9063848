using System.Net;
using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>Opens sockets in the event loop of whoever asks.</summary>
internal sealed class EpollSocketOpener(EventLoops loops) : ISocketOpener
{
    public async ValueTask<IByteSocket> OpenAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var owner = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var socket = new EpollSocket(owner, loops.Nearest(), isConnected: false);
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
