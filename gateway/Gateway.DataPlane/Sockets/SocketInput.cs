using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace Gateway.DataPlane.Sockets;

/// <summary>What a client sends, read when it is asked for and into memory that is there only while something is unread. One reader; <see cref="CancelPendingRead"/> may come from any thread.</summary>
internal sealed class SocketInput : PipeReader, IReceiveBuffer, IValueTaskSource<ReadResult>
{
    private const int BufferSize = 4096;

    private readonly EpollSocket _socket;
    private readonly Action _received;
    private ManualResetValueTaskSourceCore<ReadResult> _completion;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receive;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _examined;
    private bool _isAtEnd;
    private bool _isReceiving;
    private bool _isCompleted;
    private Exception? _failure;

    // 1 where a receive that was under way has ended and nobody has looked at it; where a read waits; where the next read, or the one that waits, is called off.
    private int _hasReceived;
    private int _isWaiting;
    private int _isCanceled;

    public SocketInput(EpollSocket socket)
    {
        _socket = socket;
        _received = OnReceived;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        }

        if (TryRead(out var result))
        {
            return new ValueTask<ReadResult>(result);
        }

        if (!_isReceiving)
        {
            MakeRoom();
            // It is taken once, by whoever takes the waiting read.
#pragma warning disable CA2012
            _receive = _socket.ReceiveAsync(this).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
            if (_receive.IsCompleted)
            {
                Take();
                return new ValueTask<ReadResult>(Result(isCanceled: false));
            }

            _isReceiving = true;
            _completion.Reset();
            Interlocked.Exchange(ref _isWaiting, 1);
            _receive.UnsafeOnCompleted(_received);
        }
        else
        {
            _completion.Reset();
            Interlocked.Exchange(ref _isWaiting, 1);
            if (Volatile.Read(ref _hasReceived) == 1 && Interlocked.Exchange(ref _isWaiting, 0) == 1)
            {
                Take();
                return new ValueTask<ReadResult>(Result(isCanceled: false));
            }
        }

        if (Volatile.Read(ref _isCanceled) == 1 && Interlocked.Exchange(ref _isWaiting, 0) == 1)
        {
            Interlocked.Exchange(ref _isCanceled, 0);
            return new ValueTask<ReadResult>(Result(isCanceled: true));
        }

        var reading = new ValueTask<ReadResult>(this, _completion.Version);
        return cancellationToken.CanBeCanceled ? WithCancellationAsync(reading, cancellationToken) : reading;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("Reading has been completed.");
        }

        if (_isReceiving && Volatile.Read(ref _hasReceived) == 1)
        {
            Take();
        }

        var isCanceled = Volatile.Read(ref _isCanceled) == 1 && Interlocked.Exchange(ref _isCanceled, 0) == 1;
        if (isCanceled || _examined < _end || _isAtEnd)
        {
            result = Result(isCanceled);
            return true;
        }

        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // The result was one piece of memory that began at _start.
        var start = PositionOf(consumed);
        var seen = PositionOf(examined);
        if (start < _start || start > _end || seen < start || seen > _end)
        {
            throw new InvalidOperationException("The position is not within what was read.");
        }

        (_start, _examined) = (start, seen);
        if (_start == _end && !_isReceiving)
        {
            (_start, _end, _examined) = (0, 0, 0);
            Return();
        }
    }

    public override void CancelPendingRead()
    {
        Interlocked.Exchange(ref _isCanceled, 1);
        if (Interlocked.Exchange(ref _isWaiting, 0) == 1)
        {
            Interlocked.Exchange(ref _isCanceled, 0);
            _completion.SetResult(Result(isCanceled: true));
        }
    }

    public override void Complete(Exception? exception = null) => _isCompleted = true;

    /// <summary>Whether the client may still be sending: not where it has ended, nor where it is what we wait for.</summary>
    public bool MayHaveMore => !_isAtEnd && !_isReceiving;

    /// <summary>Receives for nobody, until the client ends or the socket is aborted.</summary>
    public async Task DiscardAsync()
    {
        try
        {
            do
            {
                (_start, _end, _examined) = (0, 0, 0);
            }
            while (await _socket.ReceiveAsync(this) > 0);
        }
        catch (SocketException)
        {
            // Gone is what it was to become.
            _isAtEnd = true;
        }
    }

    /// <summary>When the socket is closed and nobody reads: gives its memory back.</summary>
    public void Release()
    {
        (_start, _end, _examined) = (0, 0, 0);
        Return();
    }

    // In the loop's thread, perhaps while a read that was called off is being looked at: nothing may move.
    Memory<byte> IReceiveBuffer.Rent()
    {
        if (_buffer.Length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        }

        return _buffer.AsMemory(_end);
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    private static int PositionOf(SequencePosition position) => position.GetInteger();

    private void OnReceived()
    {
        Volatile.Write(ref _hasReceived, 1);
        if (Interlocked.Exchange(ref _isWaiting, 0) == 1)
        {
            Take();
            if (_failure is { } failure)
            {
                _completion.SetException(failure);
            }
            else
            {
                _completion.SetResult(Result(isCanceled: false));
            }
        }
    }

    // Whoever took the waiting read calls it, or nobody waits.
    private void Take()
    {
        Volatile.Write(ref _hasReceived, 0);
        _isReceiving = false;
        try
        {
            var count = _receive.GetResult();
            _end += count;
            _isAtEnd = count == 0;
        }
        catch (SocketException failure)
        {
            _isAtEnd = true;
            _failure = failure.SocketErrorCode == SocketError.OperationAborted
                ? new ConnectionAbortedException("The connection was aborted.", failure)
                : new ConnectionResetException("The client has reset the connection.", failure);
        }
    }

    private ReadResult Result(bool isCanceled)
    {
        if (_failure is { } failure && !isCanceled && _examined >= _end)
        {
            throw failure;
        }

        return new ReadResult(new ReadOnlySequence<byte>(_buffer, _start, _end - _start), isCanceled, isCompleted: _isAtEnd);
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length || _buffer.Length == 0)
        {
            return;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end, _examined) = (0, _end - _start, _examined - _start);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private async ValueTask<ReadResult> WithCancellationAsync(ValueTask<ReadResult> reading, CancellationToken cancellationToken)
    {
        await using var cancellation = cancellationToken.UnsafeRegister(static state => ((SocketInput)state!).CancelPendingRead(), this);
        var result = await reading;
        return result.IsCanceled && cancellationToken.IsCancellationRequested ? throw new OperationCanceledException(cancellationToken) : result;
    }
}
