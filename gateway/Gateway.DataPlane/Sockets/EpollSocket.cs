using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Gateway.DataPlane.Sockets;

/// <summary>
/// A socket of an <see cref="EventLoop"/>. What waited for it goes on in the loop's thread. A receive that gave less than there was room for has emptied the kernel's
/// buffer (epoll(7)), so that the next one waits without asking first.
/// </summary>
internal sealed class EpollSocket : IByteSocket
{
    private readonly Socket _owner;
    private readonly EventLoop _loop;
    private readonly Lock _gate = new();
    private readonly Receiving _receiving;
    private readonly Sending _sending;
    private readonly Action? _ended;
    private TaskCompletionSource? _closing;
    private bool _isClosed;
    private bool _hasClosed;
    private volatile bool _isAborted;
    private volatile bool _hasEnded;

    /// <param name="owner">Owns the descriptor. Nothing of its own that waits may be called.</param>
    /// <param name="isConnected">Otherwise <see cref="ConnectAsync"/> comes first.</param>
    /// <param name="ended">Called once, in the loop's thread, when the other side has ended its stream or the connection is gone.</param>
    public EpollSocket(Socket owner, EventLoop loop, bool isConnected, Action? ended = null)
    {
        owner.Blocking = false;
        _owner = owner;
        _loop = loop;
        _ended = ended;
        _receiving = new Receiving(this);
        _sending = new Sending(this, isConnected);
        Descriptor = (int)owner.SafeHandle.DangerousGetHandle();
    }

    public int Descriptor { get; }

    /// <summary>The loop's.</summary>
    public long Key { get; set; }

    /// <summary>From now on the loop tells of what happens. <see cref="ConnectAsync"/> begins so itself.</summary>
    public void Watch() => _loop.Add(this);

    public bool IsSilent(TimeSpan idle) => !_isAborted && !_hasEnded && (!_receiving.MayHaveSomething || Peek());

    /// <exception cref="SocketException">It is refused, or there is no way.</exception>
    public async ValueTask ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var name = address.Serialize();
        if (Libc.Connect(Descriptor, ref MemoryMarshal.GetReference(name.Buffer.Span), (uint)name.Size) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is not (Libc.InProgress or Libc.Interrupted))
            {
                throw SocketErrors.Of(error);
            }
        }

        Watch();
        await using var cancellation = cancellationToken.UnsafeRegister(static state => ((EpollSocket)state!).Abort(), this);
        try
        {
            await _sending.WaitAsync();
        }
        catch (SocketException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        var (failure, size) = (0, (uint)sizeof(int));
        if (Libc.GetOption(Descriptor, Libc.SocketLevel, Libc.ErrorOption, ref failure, ref size) < 0)
        {
            failure = Marshal.GetLastPInvokeError();
        }

        if (failure != 0)
        {
            throw SocketErrors.Of(failure);
        }
    }

    public ValueTask<int> ReceiveAsync(IReceiveBuffer buffer) => _receiving.StartAsync(buffer);

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => _sending.StartAsync(bytes);

    /// <summary>Says to the other side that no more comes. Receiving goes on.</summary>
    public void EndSending()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                // It may be gone already: then there is nobody to tell.
                _ = Libc.Shutdown(Descriptor, Libc.ShutdownWrite);
            }
        }
    }

    public void Abort()
    {
        lock (_gate)
        {
            if (_isClosed || _isAborted)
            {
                return;
            }

            _isAborted = true;

            // AF_UNSPEC dissolves the connection (connect(2)): a reset goes out, and the descriptor stays ours until nothing is under way.
            Span<byte> unspecified = stackalloc byte[16];
            unspecified.Clear();
            _ = Libc.Connect(Descriptor, ref unspecified[0], (uint)unspecified.Length);
        }

        // In the loop's thread, as everything that waits for a socket: who aborts may hold locks.
        _loop.Post(this);
    }

    /// <summary>Closes it, and ends when nothing uses the memory of a receive any more.</summary>
    public Task CloseAsync()
    {
        _closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Dispose();
        return _closing.Task;
    }

    /// <summary>Closes it once the loop does nothing with it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _isAborted = true;
        }

        _loop.Post(this);
    }

    /// <summary>In the loop's thread, after <see cref="Abort"/> or <see cref="Dispose"/>: ends what waits, and closes the descriptor where that is wanted.</summary>
    public void OnPosted()
    {
        _receiving.OnReady();
        _sending.OnReady();
        bool isClosed;
        lock (_gate)
        {
            isClosed = _isClosed && !_hasClosed;
            _hasClosed |= isClosed;
        }

        if (isClosed)
        {
            _loop.Remove(this);
            _owner.Dispose();
            _closing?.SetResult();
        }
    }

    /// <summary>In the loop's thread.</summary>
    public void OnEvents(int events)
    {
        if ((events & (Libc.PollReadHangUp | Libc.PollHangUp | Libc.PollError)) != 0)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                _ended?.Invoke();
            }

            events |= Libc.PollIn;
        }

        if ((events & (Libc.PollHangUp | Libc.PollError)) != 0)
        {
            events |= Libc.PollOut;
        }

        if ((events & Libc.PollOut) != 0)
        {
            _sending.OnReady();
        }

        if ((events & Libc.PollIn) != 0)
        {
            _receiving.OnReady();
        }
    }

    private bool Peek()
    {
        byte one = 0;
        return Libc.Receive(Descriptor, ref one, 1, Libc.Peek | Libc.DontWait) < 0 && Marshal.GetLastPInvokeError() == Libc.WouldBlock;
    }

    /// <summary>What both directions share: try, and where that would wait, be called when the kernel is ready.</summary>
    private abstract class Direction(EpollSocket socket, bool isReady) : IValueTaskSource<int>
    {
        private Readiness _readiness = new(isReady);
        private ManualResetValueTaskSourceCore<int> _completion;

        public bool MayHaveSomething => Readiness.IsReady(_readiness.Observe());

        protected EpollSocket Socket => socket;

        public int GetResult(short token) => _completion.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _completion.OnCompleted(continuation, state, token, flags);

        public void OnReady()
        {
            if (!_readiness.Signal())
            {
                return;
            }

            int result;
            int error;
            while (!Try(out result, out error))
            {
                if (_readiness.TryWait())
                {
                    return;
                }
            }

            End();
            if (error == 0)
            {
                _completion.SetResult(result);
            }
            else
            {
                _completion.SetException(Failure(error));
            }
        }

        protected ValueTask<int> StartAsync()
        {
            if (Try(out var result, out var error))
            {
                End();
                return error == 0 ? new ValueTask<int>(result) : ValueTask.FromException<int>(Failure(error));
            }

            _completion.Reset();
            while (!_readiness.TryWait())
            {
                if (Try(out result, out error))
                {
                    End();
                    return error == 0 ? new ValueTask<int>(result) : ValueTask.FromException<int>(Failure(error));
                }
            }

            return new ValueTask<int>(this, _completion.Version);
        }

        /// <summary>One call to the kernel: what it returned.</summary>
        /// <param name="wanted">How much it might have been: less means that there is no more for now.</param>
        protected abstract nint Call(out int wanted);

        /// <summary>Lets go of the caller's memory.</summary>
        protected abstract void End();

        private bool Try(out int result, out int error)
        {
            (result, error) = (0, 0);
            while (true)
            {
                var observed = _readiness.Observe();
                if (!Readiness.IsReady(observed))
                {
                    return false;
                }

                if (socket._isAborted)
                {
                    error = Libc.Canceled;
                    return true;
                }

                var count = Call(out var wanted);
                if (count >= 0)
                {
                    result = (int)count;
                    if (count < wanted && !socket._hasEnded)
                    {
                        _readiness.Exhaust(observed);
                    }

                    return true;
                }

                error = Marshal.GetLastPInvokeError();
                if (error == Libc.WouldBlock)
                {
                    error = 0;
                    _readiness.Exhaust(observed);
                }
                else if (error != Libc.Interrupted)
                {
                    return true;
                }
            }
        }

        private SocketException Failure(int error) =>
            socket._isAborted ? new SocketException((int)SocketError.OperationAborted) : SocketErrors.Of(error);
    }

    // Nothing is ready before the loop says so: of what has come before, it says so at once.
    private sealed class Receiving(EpollSocket socket) : Direction(socket, isReady: false)
    {
        private IReceiveBuffer? _buffer;

        public ValueTask<int> StartAsync(IReceiveBuffer buffer)
        {
            _buffer = buffer;
            return StartAsync();
        }

        protected override nint Call(out int wanted)
        {
            var memory = _buffer!.Rent().Span;
            wanted = memory.Length;
            return Libc.Receive(Socket.Descriptor, ref MemoryMarshal.GetReference(memory), (nuint)wanted, Libc.DontWait);
        }

        protected override void End() => _buffer = null;
    }

    private sealed class Sending(EpollSocket socket, bool isReady) : Direction(socket, isReady)
    {
        private ReadOnlyMemory<byte> _bytes;
        private bool _onlyWaits;

        public ValueTask<int> StartAsync(ReadOnlyMemory<byte> bytes)
        {
            _bytes = bytes;
            return StartAsync();
        }

        /// <summary>Until the kernel would take something.</summary>
        public ValueTask<int> WaitAsync()
        {
            _onlyWaits = true;
            return StartAsync();
        }

        protected override nint Call(out int wanted)
        {
            wanted = 0;
            if (_onlyWaits)
            {
                return 0;
            }

            var bytes = _bytes.Span;
            wanted = bytes.Length;
            return Libc.Send(Socket.Descriptor, ref MemoryMarshal.GetReference(bytes), (nuint)wanted, Libc.NoSignal | Libc.DontWait);
        }

        protected override void End()
        {
            _bytes = default;
            _onlyWaits = false;
        }
    }
}
