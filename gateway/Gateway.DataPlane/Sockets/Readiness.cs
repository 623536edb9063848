namespace Gateway.DataPlane.Sockets;

/// <summary>
/// What is known of one direction of a socket: whether the kernel would take or give something, and whether somebody waits for it to. The loop tells of edges
/// only, so that what came between a look and the wait must not be lost: each edge changes <see cref="Observe"/>.
/// </summary>
internal struct Readiness(bool isReady)
{
    private const int Ready = 1;
    private const int Waiting = 2;
    private const int Edge = 4;

    private int _state = isReady ? Ready : 0;

    public int Observe() => Volatile.Read(ref _state);

    public static bool IsReady(int observed) => (observed & Ready) != 0;

    /// <summary>The kernel has nothing more, unless it has said otherwise since <paramref name="observed"/>.</summary>
    public void Exhaust(int observed) => Interlocked.CompareExchange(ref _state, observed & ~Ready, observed);

    /// <summary>True: whoever takes the waiter completes it. False where it is ready meanwhile.</summary>
    public bool TryWait()
    {
        while (true)
        {
            var observed = Volatile.Read(ref _state);
            if ((observed & Ready) != 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, observed | Waiting, observed) == observed)
            {
                return true;
            }
        }
    }

    /// <summary>Notes an edge. True where somebody waited, who is the caller's to complete.</summary>
    public bool Signal()
    {
        while (true)
        {
            var observed = Volatile.Read(ref _state);
            var next = unchecked(((observed | Ready) & ~Waiting) + Edge);
            if (Interlocked.CompareExchange(ref _state, next, observed) == observed)
            {
                return (observed & Waiting) != 0;
            }
        }
    }
}
