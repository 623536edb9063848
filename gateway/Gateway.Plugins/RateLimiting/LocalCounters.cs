using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.RateLimiting;

/// <summary>The counters of one plugin entity, which outlive changes of its configuration.</summary>
internal sealed class LocalCounters : IPluginState
{
    /// <summary>Callers that are remembered; beyond that those that came least recently are forgotten, as in Kong's shared memory.</summary>
    private const int MaxCallers = 1_000_000;

    private const int QuietSeconds = 2;

    private readonly ConcurrentDictionary<CounterKey, LocalCounter> _counters = new();

    public int Count => _counters.Count;

    public LocalCounter For(CounterKey key, DateTimeOffset now)
    {
        while (true)
        {
            var counter = _counters.GetOrAdd(key, static _ => new LocalCounter());
            if (counter.TryTouch(now))
            {
                return counter;
            }

            // Dropped between the look-up and now.
            _counters.TryRemove(new KeyValuePair<CounterKey, LocalCounter>(key, counter));
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var entry in _counters)
        {
            var lastUsed = entry.Value.LastUsed;
            if (now.ToUnixTimeSeconds() - lastUsed >= QuietSeconds && entry.Value.IsOver(now) && entry.Value.TryRetire(lastUsed))
            {
                _counters.TryRemove(entry);
            }
        }

        var excess = _counters.Count - MaxCallers;
        if (excess <= 0)
        {
            return;
        }

        foreach (var entry in _counters.ToArray().OrderBy(entry => entry.Value.LastUsed).Take(excess))
        {
            if (entry.Value.TryRetire(entry.Value.LastUsed))
            {
                _counters.TryRemove(entry);
            }
        }
    }
}
