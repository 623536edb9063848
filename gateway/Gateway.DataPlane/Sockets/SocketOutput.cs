using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>
/// What a client is sent, straight from the writer's memory to the kernel. A flush ends when the kernel has taken everything, so that whoever writes is held up by a
/// slow client and not by a buffer. One writer; <see cref="CancelPendingFlush"/> may come from any thread.
/// </summary>
internal sealed class SocketOutput(EpollSocket socket) : PipeWriter
{
    private const int BufferSize = 4 * 1024;

    /// <summary>For who asks for a whole buffer: bodies that are passed on as they come.</summary>
    private const int LargeBufferSize = 64 * 1024;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _count;
    private bool _isGone;
    private bool _isCompleted;
    private bool _isCanceled;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _cancellation;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _count;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_count);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _buffer.Length - _count);
        _count += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Push();
        return _sending.IsCompleted && !Volatile.Read(ref _isCanceled) ? new ValueTask<FlushResult>(Result(isCanceled: false)) : WaitAsync(cancellationToken);
    }

    public override void CancelPendingFlush()
    {
        lock (_gate)
        {
            _isCanceled = true;
            _cancellation?.TrySetResult();
        }
    }

    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted)
        {
            return;
        }

        if (exception is null)
        {
            // DrainAsync waits for it.
            Push();
        }

        _isCompleted = true;
        Empty();
    }

    /// <summary>Ends when what was written is with the kernel, or never will be.</summary>
    public Task DrainAsync() => _sending;

    private FlushResult Result(bool isCanceled) => new(isCanceled, isCompleted: _isGone);

    private void Push()
    {
        if (_sending.IsCompleted)
        {
            if (_count > 0 && !_isGone)
            {
                var sent = socket.SendAsync(_buffer.AsMemory(0, _count));
                if (!sent.IsCompletedSuccessfully)
                {
                    _sending = SendAsync(sent, Detach());
                }
                else
                {
                    var count = sent.Result;
                    if (count < _count)
                    {
                        _sending = SendAsync(new ValueTask<int>(count), Detach());
                    }
                }
            }

            Empty();
        }
        else if (_count > 0)
        {
            // The flush before was called off, and its bytes are still on their way.
            _sending = SendAfterAsync(_sending, Detach());
        }
    }

    private async ValueTask<FlushResult> WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource cancellation;
        lock (_gate)
        {
            _cancellation = cancellation = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_isCanceled)
            {
                cancellation.SetResult();
            }
        }

        try
        {
            await Task.WhenAny(_sending, cancellation.Task).WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _cancellation = null;
            }
        }

        bool isCanceled;
        lock (_gate)
        {
            (isCanceled, _isCanceled) = (_isCanceled, false);
        }

        return Result(isCanceled);
    }

    private async Task SendAfterAsync(Task earlier, ArraySegment<byte> bytes)
    {
        await earlier;
        await SendAsync(new ValueTask<int>(0), bytes);
    }

    private async Task SendAsync(ValueTask<int> begun, ArraySegment<byte> bytes)
    {
        try
        {
            var left = ((ReadOnlyMemory<byte>)bytes)[await begun..];
            while (left.Length > 0 && !_isGone)
            {
                left = left[await socket.SendAsync(left)..];
            }
        }
        catch (SocketException)
        {
            // The writer is told by the flush's result, as of any client that is gone.
            _isGone = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes.Array!);
        }
    }

    private ArraySegment<byte> Detach()
    {
        var bytes = new ArraySegment<byte>(_buffer, 0, _count);
        (_buffer, _count) = ([], 0);
        return bytes;
    }

    private void Empty()
    {
        _count = 0;
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void MakeRoom(int sizeHint)
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("Writing has been completed.");
        }

        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(sizeHint < BufferSize ? BufferSize : LargeBufferSize, _buffer.Length * 2)));
        if (_buffer.Length > 0)
        {
            _buffer.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
