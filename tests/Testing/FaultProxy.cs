using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Hybrid.Testing;

/// <summary>
/// A TCP relay on loopback whose connections can be delayed, made uneven, stalled, throttled in either direction, swallowed, cut, cut in mid-message or refused while they are open: the network between two real
/// processes.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _stall;
    private long _delayTicks;
    private long _jitterTicks;
    private int _bytesPerSecond;
    private int _bytesPerSecondToClient;
    private int _resetAfter;
    private volatile bool _refuse;
    private int _accepted;

    /// <param name="targetPort">Port on 127.0.0.1; nothing needs to listen there yet.</param>
    /// <param name="listenPort">0 takes any free port.</param>
    public FaultProxy(int targetPort, int listenPort = 0)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, listenPort));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections accepted since the start.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public int Open => _connections.Count;

    /// <summary>Added to every chunk in each direction.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    /// <summary>Per connection and direction; 0 for no limit.</summary>
    public int BytesPerSecond
    {
        get => Volatile.Read(ref _bytesPerSecond);
        set => Volatile.Write(ref _bytesPerSecond, value);
    }

    /// <summary>Each chunk is delayed by a random time up to this: what lost and repeated packets are to a program.</summary>
    public TimeSpan Jitter
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _jitterTicks));
        set => Volatile.Write(ref _jitterTicks, value.Ticks);
    }

    /// <summary>As <see cref="BytesPerSecond"/>, towards the one who connected alone: a slow reader, as the server sees it.</summary>
    public int BytesPerSecondToClient
    {
        get => Volatile.Read(ref _bytesPerSecondToClient);
        set => Volatile.Write(ref _bytesPerSecondToClient, value);
    }

    /// <summary>Each open connection is reset when so many more bytes went to its client, in the middle of whatever they belong to; 0 for never.</summary>
    public int ResetAfter
    {
        get => Volatile.Read(ref _resetAfter);
        set => Volatile.Write(ref _resetAfter, value);
    }

    /// <summary>What is sent on the connections that are open now is taken and lost, and nothing ends them: half-open, as after a peer lost its power.</summary>
    public void Swallow()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.IsSwallowed = true;
        }
    }

    /// <summary>New connections are reset; open ones go on.</summary>
    public bool Refuse
    {
        get => _refuse;
        set => _refuse = value;
    }

    /// <summary>Open connections stay open but carry nothing until <see cref="Resume"/>: a network that lost its route.</summary>
    public void Stall() => _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => Interlocked.Exchange(ref _stall, null)?.TrySetResult();

    /// <summary>Resets every open connection.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        Resume();
        Cut();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_closing.Token);
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            Interlocked.Increment(ref _accepted);
            if (_refuse)
            {
                new Connection(client, null).Reset();
                continue;
            }

            var connection = new Connection(client, new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            _connections.TryAdd(connection, Task.CompletedTask);
            _connections.TryUpdate(connection, RelayAsync(connection), Task.CompletedTask);
        }
    }

    private async Task RelayAsync(Connection connection)
    {
        await Task.Yield();
        try
        {
            connection.Client.NoDelay = true;
            await connection.Server!.ConnectAsync(_target, _closing.Token);
            connection.Server.NoDelay = true;
            await Task.WhenAll(CopyAsync(connection, toClient: false), CopyAsync(connection, toClient: true));
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peers see the reset below, which is what the proxy is for.
        }
        finally
        {
            connection.Reset();
            _connections.TryRemove(connection, out _);
        }
    }

    private async Task CopyAsync(Connection connection, bool toClient)
    {
        var (from, to) = toClient ? (connection.Server!, connection.Client) : (connection.Client, connection.Server!);
        var buffer = new byte[16 * 1024];
        var relayed = 0;
        while (true)
        {
            var limit = toClient && BytesPerSecondToClient > 0 ? BytesPerSecondToClient : BytesPerSecond;
            var count = await from.ReceiveAsync(limit > 0 ? buffer.AsMemory(0, Math.Clamp(limit / 10, 1, buffer.Length)) : buffer, _closing.Token);
            if (_stall is { } stall)
            {
                await stall.Task;
            }

            if (connection.IsSwallowed)
            {
                // Until one side gives up, and then without telling the other.
                if (count == 0)
                {
                    return;
                }

                continue;
            }

            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            var late = Delay + (Jitter * Random.Shared.NextDouble());
            if (late > TimeSpan.Zero)
            {
                await Task.Delay(late, _closing.Token);
            }

            if (limit > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)count / limit), _closing.Token);
            }

            relayed = ResetAfter > 0 && toClient ? relayed + count : 0;
            if (ResetAfter > 0 && relayed >= ResetAfter)
            {
                await to.SendAsync(buffer.AsMemory(0, Math.Max(1, count / 2)), _closing.Token);
                connection.Reset();
                return;
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _closing.Token);
            }
        }
    }

    private sealed class Connection(Socket client, Socket? server)
    {
        public Socket Client => client;

        public Socket? Server => server;

        public bool IsSwallowed { get; set; }

        public void Reset()
        {
            foreach (var socket in (Socket?[])[client, server])
            {
                try
                {
                    if (socket is not null)
                    {
                        socket.LingerState = new LingerOption(enable: true, seconds: 0);
                        socket.Dispose();
                    }
                }
                catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
                {
                    // Already closed by the other direction.
                }
            }
        }
    }
}
