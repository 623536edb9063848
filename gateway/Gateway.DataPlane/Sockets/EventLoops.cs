namespace Gateway.DataPlane.Sockets;

/// <summary>The event loops of the process, one per processor that it may use.</summary>
internal sealed class EventLoops : IDisposable
{
    private readonly ThreadLocal<EventLoop?> _current = new();
    private readonly Lazy<EventLoop[]> _loops;
    private uint _next;

    /// <param name="count">0 for none. Their threads start when the first is asked for.</param>
    public EventLoops(int count)
    {
        IsEnabled = count > 0 && OperatingSystem.IsLinux();
        _loops = new Lazy<EventLoop[]>(() => [.. Enumerable.Range(0, count).Select(number => new EventLoop(number, loop => _current.Value = loop))]);
    }

    /// <summary>Not without epoll.</summary>
    public bool IsEnabled { get; }

    /// <summary>Each in turn.</summary>
    public EventLoop Next() => _loops.Value[Interlocked.Increment(ref _next) % (uint)_loops.Value.Length];

    /// <summary>The loop whose thread asks, so that a request and its upstream's connection share a thread; another where none does.</summary>
    public EventLoop Nearest() => _current.Value ?? Next();

    public void Dispose()
    {
        if (_loops.IsValueCreated)
        {
            foreach (var loop in _loops.Value)
            {
                loop.Dispose();
            }
        }

        _current.Dispose();
    }
}
