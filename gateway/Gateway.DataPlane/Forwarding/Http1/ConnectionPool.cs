using System.Net.Sockets;
using Gateway.DataPlane.Sockets;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>The idle connections to one address. The one used last is used next, so that those that are not needed grow old.</summary>
internal sealed class ConnectionPool(ConnectionPools pools, string host, int port, TimeProvider time)
{
    private readonly Stack<UpstreamConnection> _idle = new();
    private readonly Lock _gate = new();
    private long _usedAt = pools.Now;
    private bool _isRetired;

    /// <summary>Whether it was left out, since it was not used for long: another one takes its place.</summary>
    public bool IsRetired => Volatile.Read(ref _isRetired);

    public string Host => host;

    public int Port => port;

    /// <summary>Null where a new one has to be opened.</summary>
    public UpstreamConnection? Take()
    {
        while (true)
        {
            UpstreamConnection? connection;
            lock (_gate)
            {
                if (!_idle.TryPop(out connection))
                {
                    return null;
                }
            }

            if (connection.IsUsable())
            {
                return connection;
            }

            pools.Close(connection);
        }
    }

    public async ValueTask<UpstreamConnection> OpenAsync(UpstreamConnector connector, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        IByteSocket socket;
        try
        {
            socket = await connector.OpenAsync(host, port, linked.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }

        var connection = new UpstreamConnection(this, socket, pools, time);
        pools.Add(connection);
        return connection;
    }

    /// <summary>Keeps a connection for another request, or closes it.</summary>
    public void Return(UpstreamConnection connection, bool reusable)
    {
        var now = pools.Now;
        if (reusable && connection.Requests < ExchangeLimits.RequestsPerConnection && time.GetElapsedTime(connection.OpenedAt, now) < ExchangeLimits.Lifetime)
        {
            connection.Rest(now);
            lock (_gate)
            {
                _usedAt = now;
                if (!_isRetired && _idle.Count < ExchangeLimits.IdleConnections && !connection.IsClosed)
                {
                    _idle.Push(connection);
                    return;
                }
            }
        }

        pools.Close(connection);
    }

    /// <summary>Closes what was idle for long. True where the pool has not been used for as long: whoever holds it still keeps no connection in it.</summary>
    public bool Sweep(long now)
    {
        List<UpstreamConnection>? old = null;
        lock (_gate)
        {
            // The oldest lies at the bottom.
            if (_idle.Count > 0 && IsOld(_idle.Last().IdleSince))
            {
                var all = _idle.Reverse().ToList();
                old = all.FindAll(connection => IsOld(connection.IdleSince));
                _idle.Clear();
                all.FindAll(connection => !IsOld(connection.IdleSince)).ForEach(_idle.Push);
            }

            _isRetired = _idle.Count == 0 && IsOld(_usedAt);
        }

        old?.ForEach(pools.Close);
        return _isRetired;

        bool IsOld(long since) => time.GetElapsedTime(since, now) >= ExchangeLimits.IdleTime;
    }
}
