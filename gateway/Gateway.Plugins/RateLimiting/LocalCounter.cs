namespace Gateway.Plugins.RateLimiting;

/// <summary>
/// The requests of one caller in the current window of each period. Lock-free and exact: a request takes one from every limit or from none, so of any
/// number of concurrent requests exactly as many pass as the limit says.
/// </summary>
internal sealed class LocalCounter
{
    private const int Closed = int.MinValue;

    // Window number in the upper half, count in the lower: both change in one step.
    private readonly ulong[] _slots = new ulong[Window.PeriodCount];
    private long _lastUsed;

    // Requests that are counting now, or Closed.
    private int _users;

    /// <summary>Unix seconds of the last use.</summary>
    public long LastUsed => Interlocked.Read(ref _lastUsed);

    /// <summary>Keeps the counter from being dropped until <see cref="Exit"/>. False where it is being dropped.</summary>
    public bool TryEnter(DateTimeOffset now)
    {
        while (true)
        {
            var users = Volatile.Read(ref _users);
            if (users < 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
            {
                Interlocked.Exchange(ref _lastUsed, now.ToUnixTimeSeconds());
                return true;
            }
        }
    }

    public void Exit() => Interlocked.Decrement(ref _users);

    /// <summary>Lets nobody enter, unless somebody is in.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _users, Closed, 0) == 0;

    public void Reopen() => Volatile.Write(ref _users, 0);

    /// <summary>Counts one request within all limits. Where one of them is reached nothing is counted, and that one is returned.</summary>
    public Limit? Take(Limit[] limits, DateTimeOffset now)
    {
        for (var i = 0; i < limits.Length; i++)
        {
            if (TryAdd(limits[i], now))
            {
                continue;
            }

            for (var taken = 0; taken < i; taken++)
            {
                GiveBack(limits[taken], now);
            }

            return limits[i];
        }

        return null;
    }

    public long Usage(Limit limit, DateTimeOffset now) =>
        CountIn(Volatile.Read(ref _slots[(int)limit.Period]), Window.NumberOf(limit.Period, now));

    /// <summary>Whether every window in which something was counted is over.</summary>
    public bool IsOver(DateTimeOffset now)
    {
        for (var period = 0; period < _slots.Length; period++)
        {
            if (CountIn(Volatile.Read(ref _slots[period]), Window.NumberOf((Period)period, now)) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(Limit limit, DateTimeOffset now)
    {
        ref var slot = ref _slots[(int)limit.Period];
        var window = Window.NumberOf(limit.Period, now);
        while (true)
        {
            var seen = Volatile.Read(ref slot);
            var count = CountIn(seen, window);
            if (count >= limit.Value)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref slot, ((ulong)window << 32) | (uint)(count + 1), seen) == seen)
            {
                return true;
            }
        }
    }

    private void GiveBack(Limit limit, DateTimeOffset now)
    {
        ref var slot = ref _slots[(int)limit.Period];
        var window = Window.NumberOf(limit.Period, now);
        while (true)
        {
            var seen = Volatile.Read(ref slot);
            if (CountIn(seen, window) == 0 || Interlocked.CompareExchange(ref slot, seen - 1, seen) == seen)
            {
                return;
            }
        }
    }

    private static long CountIn(ulong slot, uint window) => (uint)(slot >> 32) == window ? (uint)slot : 0;
}
