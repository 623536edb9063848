using System.Net;
using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>Opens TCP connections.</summary>
internal interface ISocketOpener
{
    /// <exception cref="SocketException">It is refused, or there is no way.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was first.</exception>
    ValueTask<IByteSocket> OpenAsync(IPEndPoint address, CancellationToken cancellationToken);
}
