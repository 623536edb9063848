using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Sockets;

/// <summary>
/// One thread that waits for all of its sockets at once (epoll, edge-triggered) and runs what waited for them. Beside .NET's own, which tries each receive before
/// it waits for it, this saves a call to the kernel per receive, and the layers between.
/// </summary>
internal sealed class EventLoop : IDisposable
{
    private const int MaxEvents = 256;
    private const long WakeUp = -1;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int EventData = EventSize - sizeof(long);

    private readonly int _epoll;
    private readonly int _wake;
    private readonly Thread _thread;
    private readonly Action _entered;
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private readonly ConcurrentQueue<EpollSocket> _posted = new();
    private EpollSocket?[] _sockets = new EpollSocket?[256];
    private int _used;
    private uint _generation;
    private volatile bool _isStopped;
    private bool _hasEnded;

    /// <param name="entered">Called once on the loop's thread before anything else.</param>
    public EventLoop(int number, Action<EventLoop> entered)
    {
        _entered = () => entered(this);
        _epoll = Check(Libc.EpollCreate(Libc.CloseOnExec));
        _wake = Check(Libc.EventDescriptor(0, Libc.CloseOnExec | Libc.NonBlocking));
        Watch(_wake, Libc.PollIn, WakeUp);
        _thread = new Thread(Run) { IsBackground = true, Name = $"event loop {number}" };
        _thread.Start();
    }

    /// <summary>From now on the socket hears of what happens to it.</summary>
    /// <exception cref="SocketException">The loop has ended.</exception>
    public void Add(EpollSocket socket)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                throw SocketErrors.Of(Libc.Canceled);
            }

            if (!_free.TryPop(out var place))
            {
                place = _used++;
                if (place == _sockets.Length)
                {
                    Array.Resize(ref _sockets, place * 2);
                }
            }

            // What epoll still has to say of an earlier socket in this place must not reach this one.
            _generation = (_generation + 1) & int.MaxValue;
            socket.Key = ((long)_generation << 32) | (uint)place;
            Volatile.Write(ref _sockets[place], socket);
            Watch(socket.Descriptor, Libc.PollIn | Libc.PollOut | Libc.PollReadHangUp | Libc.EdgeTriggered, socket.Key);
        }
    }

    /// <summary>Has the loop call the socket (<see cref="EpollSocket.OnPosted"/>) once it does nothing else with it.</summary>
    public void Post(EpollSocket socket)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _posted.Enqueue(socket);
                if (Thread.CurrentThread != _thread)
                {
                    Wake();
                }

                return;
            }
        }

        // Nobody else does anything with it any more.
        socket.OnPosted();
    }

    /// <summary>Before its descriptor is closed, which ends the watch.</summary>
    public void Remove(EpollSocket socket)
    {
        lock (_gate)
        {
            var place = (int)(socket.Key & uint.MaxValue);
            if (_sockets[place] == socket)
            {
                _sockets[place] = null;
                _free.Push(place);
            }
        }
    }

    /// <summary>Ends the thread once it has come to an end with what it does.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            Wake();
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        _entered();
        var events = GC.AllocateArray<byte>(MaxEvents * EventSize, pinned: true);
        while (!_isStopped)
        {
            var count = Libc.EpollWait(_epoll, ref events[0], MaxEvents, -1);
            if (count < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == Libc.Interrupted)
                {
                    continue;
                }

                throw SocketErrors.Of(error);
            }

            for (var i = 0; i < count; i++)
            {
                var each = events.AsSpan(i * EventSize, EventSize);
                var key = MemoryMarshal.Read<long>(each[EventData..]);
                if (key == WakeUp)
                {
                    // Before the queue is looked at: what is posted from now on wakes the loop again.
                    var posts = 0L;
                    _ = Libc.Read(_wake, ref Unsafe.As<long, byte>(ref posts), sizeof(long));
                }
                else if (Find(key) is { } socket)
                {
                    socket.OnEvents(MemoryMarshal.Read<int>(each));
                }
            }

            Drain();
        }

        lock (_gate)
        {
            _hasEnded = true;
            Libc.Close(_wake);
            Libc.Close(_epoll);
        }

        Drain();
    }

    private void Drain()
    {
        while (_posted.TryDequeue(out var socket))
        {
            socket.OnPosted();
        }
    }

    private void Wake()
    {
        var one = 1L;
        Check((int)Libc.Write(_wake, ref Unsafe.As<long, byte>(ref one), sizeof(long)));
    }

    private EpollSocket? Find(long key)
    {
        var sockets = Volatile.Read(ref _sockets);
        var socket = Volatile.Read(ref sockets[(int)(key & uint.MaxValue)]);
        return socket?.Key == key ? socket : null;
    }

    private void Watch(int descriptor, int interest, long key)
    {
        Span<byte> entry = stackalloc byte[16];
        MemoryMarshal.Write(entry, interest);
        MemoryMarshal.Write(entry[EventData..], key);
        Check(Libc.EpollControl(_epoll, Libc.ControlAdd, descriptor, ref entry[0]));
    }

    private static int Check(int result) => result >= 0 ? result : throw SocketErrors.Of(Marshal.GetLastPInvokeError());
}
