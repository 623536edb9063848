using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Gateway.DataPlane.Sockets;

/// <summary>A client's connection in an event loop.</summary>
internal sealed class EpollConnection : DefaultConnectionContext
{
    /// <summary>How long a client that still sends is listened to after the last answer, lest a reset destroy what it has not read yet.</summary>
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closed = new();
    private readonly EpollSocket _socket;
    private readonly SocketInput _input;
    private readonly SocketOutput _output;
    private readonly TimeProvider _time;
    private int _hasEnded;
    private int _isDisposed;

    public EpollConnection(Socket accepted, EventLoop loop, string id, TimeProvider time)
        : base(id)
    {
        _time = time;
        LocalEndPoint = accepted.LocalEndPoint;
        RemoteEndPoint = accepted.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        _socket = new EpollSocket(accepted, loop, isConnected: true, OnEnded);
        _input = new SocketInput(_socket);
        _output = new SocketOutput(_socket);
        Transport = new Duplex(_input, _output);
        Application = Transport;
    }

    /// <summary>From now on it hears.</summary>
    public void Start() => _socket.Watch();

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _socket.Abort();
        OnEnded();
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _input.Complete();
        _output.Complete();
        await _output.DrainAsync();
        _socket.EndSending();
        await LingerAsync();
        await _socket.CloseAsync();
        _input.Release();
        OnEnded();
        await base.DisposeAsync();
    }

    private async Task LingerAsync()
    {
        if (!_input.MayHaveMore)
        {
            return;
        }

        using var limit = _time.CreateTimer(static socket => ((EpollSocket)socket!).Abort(), _socket, LingerTime, Timeout.InfiniteTimeSpan);
        await _input.DiscardAsync();
    }

    // Whoever asked to hear of it may do anything: not in the loop's thread.
    private void OnEnded()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), _closed, preferLocal: false);
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
