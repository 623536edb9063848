using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.RateLimiting;

/// <summary>The counters of one plugin entity, which outlive changes of its configuration.</summary>
internal sealed class LocalCounters : IPluginState
{
    /// <summary>Callers that are remembered; beyond that those that came least recently are forgotten, as in Kong's shared memory.</summary>
    private const int MaxCallers = 1_000_000;

    private readonly ConcurrentDictionary<CounterKey, LocalCounter> _counters = new();

    public int Count => _counters.Count;

    /// <summary>Counts one request of a caller within all limits, see <see cref="LocalCounter.Take"/>.</summary>
    public LocalCounter Take(CounterKey key, Limit[] limits, DateTimeOffset now, out Limit? reached)
    {
        // A counter that is being dropped is gone, or back, in a moment.
        var wait = default(SpinWait);
        while (true)
        {
            var counter = _counters.GetOrAdd(key, static _ => new LocalCounter());
            if (counter.TryEnter(now))
            {
                reached = counter.Take(limits, now);
                counter.Exit();
                return counter;
            }

            wait.SpinOnce();
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var entry in _counters)
        {
            // Looked at again once it is closed: what was counted in between must not be lost.
            if (entry.Value.IsOver(now) && entry.Value.TryClose())
            {
                DropOrReopen(entry, entry.Value.IsOver(now));
            }
        }

        var excess = _counters.Count - MaxCallers;
        if (excess <= 0)
        {
            return;
        }

        foreach (var entry in _counters.ToArray().OrderBy(entry => entry.Value.LastUsed).Take(excess))
        {
            if (entry.Value.TryClose())
            {
                DropOrReopen(entry, drop: true);
            }
        }
    }

    private void DropOrReopen(KeyValuePair<CounterKey, LocalCounter> entry, bool drop)
    {
        if (drop)
        {
            _counters.TryRemove(entry);
        }
        else
        {
            entry.Value.Reopen();
        }
    }
}
