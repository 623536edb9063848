using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>A connected stream socket: one receive and one send at a time. <see cref="Abort"/> may come from any thread, <see cref="IDisposable.Dispose"/> only when nothing is under way.</summary>
internal interface IByteSocket : IDisposable
{
    /// <summary>Whether nothing has come, not even the end: what an idle connection must be to be used again.</summary>
    /// <param name="idle">For how long nobody has looked: where looking costs a call to the kernel, a short time is trusted.</param>
    bool IsSilent(TimeSpan idle);

    /// <summary>Bytes received; 0 at the end.</summary>
    /// <exception cref="SocketException">The connection is gone, or was aborted.</exception>
    ValueTask<int> ReceiveAsync(IReceiveBuffer buffer);

    /// <summary>Bytes that the kernel took: at least one, perhaps not all.</summary>
    /// <exception cref="SocketException">The connection is gone, or was aborted.</exception>
    ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends whatever it waits for, with <see cref="SocketError.OperationAborted"/>; the other side sees a reset.</summary>
    void Abort();
}
