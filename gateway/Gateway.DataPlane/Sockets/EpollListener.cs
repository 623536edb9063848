using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Gateway.DataPlane.Sockets;

/// <summary>Accepts connections and deals them out to the event loops.</summary>
internal sealed class EpollListener(Socket socket, EventLoops loops, ConnectionIds ids, IMemoryPoolFeature memory, TimeProvider time) : IConnectionListener
{
    /// <summary>How long a listener waits that may open no more descriptors: trying again at once would only burn the processor.</summary>
    private static readonly TimeSpan Exhausted = TimeSpan.FromMilliseconds(100);

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                accepted.NoDelay = true;
                return Begin(accepted);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException closed) when (closed.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (SocketException exhausted) when (exhausted.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                await Task.Delay(Exhausted, time, cancellationToken);
            }
            catch (SocketException)
            {
                // That client was gone before it was accepted; the next one need not be.
                continue;
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private EpollConnection Begin(Socket accepted)
    {
        var connection = new EpollConnection(accepted, loops.Next(), ids.Next(), time);
        connection.Features.Set(memory);
        connection.Start();
        return connection;
    }
}
