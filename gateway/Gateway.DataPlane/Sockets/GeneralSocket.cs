using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>A socket as .NET drives it: where there is no epoll, or where it is switched off.</summary>
internal sealed class GeneralSocket(Socket socket) : IByteSocket
{
    /// <summary>No server's keep-alive time is shorter.</summary>
    private static readonly TimeSpan TrustedIdleTime = TimeSpan.FromMilliseconds(50);

    private int _isClosed;

    public bool IsSilent(TimeSpan idle) => Volatile.Read(ref _isClosed) == 0 && (idle < TrustedIdleTime || !socket.Poll(0, SelectMode.SelectRead));

    public async ValueTask<int> ReceiveAsync(IReceiveBuffer buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer.Rent(), SocketFlags.None);
        }
        catch (ObjectDisposedException)
        {
            throw new SocketException((int)SocketError.OperationAborted);
        }
    }

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return socket.SendAsync(bytes, SocketFlags.None);
        }
        catch (ObjectDisposedException)
        {
            return ValueTask.FromException<int>(new SocketException((int)SocketError.OperationAborted));
        }
    }

    public void Abort() => Dispose();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            socket.Dispose();
        }
    }
}
