using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimitingAdvanced;

/// <summary>One caller's windows in this process: what <see cref="CounterScript"/> is in Redis.</summary>
internal sealed class WindowCounter
{
    private readonly Lock _gate = new();
    private WindowSlot[] _slots = [];
    private bool _isDropped;

    /// <summary>Unix seconds of the last use.</summary>
    public double LastUsed { get; private set; }

    /// <summary>Counts a request, or refuses it. False where the counter has been dropped.</summary>
    /// <param name="amount">What the request counts for.</param>
    /// <param name="usage">One for each window.</param>
    /// <param name="refusing">The first window whose limit is reached, -1 for none.</param>
    public bool TryTake(CounterRule rule, IReadOnlyList<CounterWindow> windows, long amount, DateTimeOffset now, Span<double> usage, out int refusing)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        refusing = -1;
        lock (_gate)
        {
            if (_isDropped)
            {
                return false;
            }

            LastUsed = seconds;
            for (var i = 0; i < windows.Count; i++)
            {
                usage[i] = SlotOf(windows[i]).MoveTo(seconds, windows[i].Slides);
                if (refusing < 0 && usage[i] + amount > windows[i].Limit)
                {
                    refusing = i;
                }
            }

            var counted = refusing < 0 ? windows.Count : rule is CounterRule.WithinAndPenalise ? refusing + 1 : 0;
            for (var i = 0; i < counted; i++)
            {
                SlotOf(windows[i]).Add(amount);
                usage[i] += amount;
            }

            return true;
        }
    }

    /// <summary>Lets nobody count here any more. False where something counted still matters, unless it has to go anyway.</summary>
    public bool TryDrop(DateTimeOffset now, bool always)
    {
        lock (_gate)
        {
            var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
            _isDropped = always || Array.TrueForAll(_slots, slot => slot.IsOver(seconds));
            return _isDropped;
        }
    }

    // By size, so that counts outlive a change of the configured windows.
    private ref WindowSlot SlotOf(CounterWindow window)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Size.Equals(window.Size))
            {
                return ref _slots[i];
            }
        }

        Array.Resize(ref _slots, _slots.Length + 1);
        _slots[^1] = new WindowSlot(window.Size);
        return ref _slots[^1];
    }
}
