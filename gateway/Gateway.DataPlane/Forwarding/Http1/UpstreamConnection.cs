using System.Buffers;
using Gateway.DataPlane.Sockets;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>
/// A socket to an upstream with what has been received and not yet used. One exchange at a time; only <see cref="Abort"/> and <see cref="Expire"/> may come from
/// another thread.
/// </summary>
internal sealed class UpstreamConnection(ConnectionPool pool, IByteSocket socket, ConnectionPools pools, TimeProvider time) : IReceiveBuffer, IDisposable
{
    private byte[] _buffer = [];
    private Memory<byte> _callers;
    private int _start;
    private int _end;
    private int _closed;
    private Deadline _reading = new();
    private Deadline _sending = new();

    public ConnectionPool Pool => pool;

    public ResponseHead Head { get; } = new();

    /// <summary>Its place in the list of all connections.</summary>
    public int Index { get; set; } = -1;

    public int Requests { get; set; }

    /// <summary>Timestamps of the clock.</summary>
    public long OpenedAt { get; } = pools.Now;

    public long IdleSince { get; set; }

    /// <summary>Whether the upstream was silent, or took nothing, for longer than its service allows.</summary>
    public bool HasTimedOut => _reading.HasExpired || _sending.HasExpired;

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public ReadOnlySpan<byte> Received => _buffer.AsSpan(_start, _end - _start);

    public ReadOnlyMemory<byte> ReceivedMemory => _buffer.AsMemory(_start, _end - _start);

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    /// <summary>Receives more behind what there is. What comes of it goes to <see cref="Add"/>.</summary>
    public ValueTask<int> ReceiveAsync(TimeSpan limit)
    {
        _reading.Set(pools.After(limit));
        return socket.ReceiveAsync(this);
    }

    /// <summary>Notes what a receive gave. 0 bytes: the upstream has closed.</summary>
    public int Add(int received)
    {
        _reading.Clear();
        _end += received;
        return received;
    }

    /// <summary>Receives into memory of the caller; nothing that was received before may be left.</summary>
    public async ValueTask<int> ReceiveAsync(Memory<byte> memory, TimeSpan limit)
    {
        _reading.Set(pools.After(limit));
        _callers = memory;
        try
        {
            return await socket.ReceiveAsync(this);
        }
        finally
        {
            _callers = default;
            _reading.Clear();
        }
    }

    Memory<byte> IReceiveBuffer.Rent()
    {
        if (!_callers.IsEmpty)
        {
            return _callers;
        }

        MakeRoom();
        return _buffer.AsMemory(_end);
    }

    /// <summary>Limits a receive that began without a limit and is still under way.</summary>
    public void LimitReceive(TimeSpan limit) => _reading.Set(pools.After(limit));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit)
    {
        var sending = socket.SendAsync(bytes);
        if (!sending.IsCompletedSuccessfully)
        {
            return AwaitAsync(sending, bytes, limit);
        }

        var count = sending.Result;
        return count < bytes.Length ? AwaitAsync(new ValueTask<int>(count), bytes, limit) : default;

        async ValueTask AwaitAsync(ValueTask<int> pending, ReadOnlyMemory<byte> all, TimeSpan each)
        {
            _sending.Set(pools.After(each));
            var sent = await pending;
            while (sent < all.Length)
            {
                _sending.Clear();
                all = all[sent..];
                _sending.Set(pools.After(each));
                sent = await socket.SendAsync(all);
            }

            _sending.Clear();
        }
    }

    /// <summary>Whether it may be used again: not where the upstream has closed it, or said something unasked.</summary>
    public bool IsUsable() => !IsClosed && socket.IsSilent(time.GetElapsedTime(IdleSince, pools.Now));

    /// <summary>Gives the buffer back while nothing goes on.</summary>
    public void Rest(long now)
    {
        IdleSince = now;
        Head.Reset();
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _start = _end = 0;
    }

    /// <summary>Ends whatever it waits for.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            socket.Abort();
        }
    }

    /// <summary>Called every so often.</summary>
    public void Expire(long now)
    {
        if (_reading.TryExpire(now) || _sending.TryExpire(now))
        {
            Abort();
        }
    }

    /// <summary>After the exchange: no receive is under way that could still write into the buffer.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _closed, 1);
        socket.Dispose();
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void MakeRoom()
    {
        if (_buffer.Length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(ExchangeLimits.BufferSize);
        }
        else if (_end == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
