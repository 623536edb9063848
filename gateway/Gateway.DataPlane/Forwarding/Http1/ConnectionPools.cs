using System.Collections.Concurrent;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>All connections of the own client: pools by address, and the clock that ends what waits for too long.</summary>
internal sealed class ConnectionPools : IDisposable
{
    /// <summary>How late a time limit of a service may be noticed.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ConnectionPool> _pools = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<UpstreamConnection> _all = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _sweptAt;
    private long _now;

    public ConnectionPools(TimeProvider time)
    {
        _time = time;
        _sweptAt = _now = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((ConnectionPools)state!).OnTick(), this, Tick, Tick);
    }

    /// <summary>The clock's timestamp, at most a tick old: it is asked for several times per request, and where seconds are meant.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>When a limit that begins now is over. Never too early.</summary>
    public long After(TimeSpan limit) =>
        limit == Timeout.InfiniteTimeSpan ? long.MaxValue : Now + (long)((limit + Tick).TotalSeconds * _time.TimestampFrequency);

    /// <summary>Connections that are open, idle ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _all.Count;
            }
        }
    }

    public ConnectionPool For(TargetModel target) => target.Pool is { IsRetired: false } known ? known : target.Pool = Find(target);

    public void Add(UpstreamConnection connection)
    {
        lock (_gate)
        {
            connection.Index = _all.Count;
            _all.Add(connection);
        }
    }

    public void Close(UpstreamConnection connection)
    {
        lock (_gate)
        {
            if (connection.Index >= 0)
            {
                var last = _all[^1];
                _all[connection.Index] = last;
                last.Index = connection.Index;
                _all.RemoveAt(_all.Count - 1);
                connection.Index = -1;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            // Exchanges that go on end by themselves, and close theirs.
            _all.ForEach(static connection => connection.Abort());
        }
    }

    private ConnectionPool Find(TargetModel target) =>
        _pools.TryGetValue(target.Authority, out var pool) ? pool : _pools.GetOrAdd(target.Authority, new ConnectionPool(this, target.Host, target.Port, _time));

    private void OnTick()
    {
        var now = _time.GetTimestamp();
        Volatile.Write(ref _now, now);
        lock (_gate)
        {
            foreach (var connection in _all)
            {
                connection.Expire(now);
            }
        }

        if (_time.GetElapsedTime(_sweptAt, now) < SweepInterval)
        {
            return;
        }

        _sweptAt = now;
        foreach (var (address, pool) in _pools)
        {
            if (pool.Sweep(now))
            {
                _pools.TryRemove(new KeyValuePair<string, ConnectionPool>(address, pool));
            }
        }
    }
}
