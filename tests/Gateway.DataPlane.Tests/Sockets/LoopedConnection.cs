using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Sockets;

namespace Gateway.DataPlane.Tests.Sockets;

/// <summary>A connection over loopback: one end in an event loop, the other one an ordinary socket.</summary>
internal sealed class LoopedConnection : IDisposable
{
    public LoopedConnection(Action? ended = null)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Peer.Connect(listener.LocalEndPoint!);
        Looped = new EpollSocket(listener.Accept(), Loop, isConnected: true, ended);
        Looped.Watch();
    }

    public EventLoop Loop { get; } = new(0, static _ => { });

    public Socket Peer { get; }

    public EpollSocket Looped { get; }

    public void Dispose()
    {
        Looped.Dispose();
        Peer.Dispose();
        Loop.Dispose();
    }
}
