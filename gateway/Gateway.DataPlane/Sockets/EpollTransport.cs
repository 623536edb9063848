using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Sockets;

/// <summary>Gives the server connections of the event loops instead of its own.</summary>
internal sealed class EpollTransport(EventLoops loops, IMemoryPoolFactory<byte> pools, IOptions<SocketTransportOptions> options, TimeProvider time)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly ConnectionIds _ids = new(time);
    private readonly MemoryFeature _memory = new(pools.Create());

    public bool CanBind(EndPoint endpoint) => loops.IsEnabled && endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            socket.Listen(options.Value.Backlog);
            return new ValueTask<IConnectionListener>(new EpollListener(socket, loops, _ids, _memory, time));
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(taken.Message, taken);
        }
    }

    private sealed class MemoryFeature(MemoryPool<byte> pool) : IMemoryPoolFeature
    {
        public MemoryPool<byte> MemoryPool => pool;
    }
}
