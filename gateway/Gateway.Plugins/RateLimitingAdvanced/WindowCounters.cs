using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;
using Gateway.Plugins.RateLimiting;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimitingAdvanced;

/// <summary>The counters of one plugin entity in this process, which outlive changes of its configuration.</summary>
internal sealed class WindowCounters : IPluginState
{
    /// <summary>Callers that are remembered; beyond that those that came least recently are forgotten.</summary>
    private const int MaxCallers = 1_000_000;

    private readonly ConcurrentDictionary<CounterKey, WindowCounter> _counters = new();

    public int Count => _counters.Count;

    public CounterReply Take(CounterKey caller, CounterRule rule, IReadOnlyList<CounterWindow> windows, DateTimeOffset now, long amount = 1)
    {
        var usage = new double[windows.Count];
        while (true)
        {
            if (_counters.GetOrAdd(caller, static _ => new WindowCounter()).TryTake(rule, windows, amount, now, usage, out var refusing))
            {
                return new CounterReply(refusing, now, usage);
            }
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var entry in _counters)
        {
            Drop(entry, now, always: false);
        }

        var excess = _counters.Count - MaxCallers;
        if (excess <= 0)
        {
            return;
        }

        foreach (var entry in _counters.ToArray().OrderBy(entry => entry.Value.LastUsed).Take(excess))
        {
            Drop(entry, now, always: true);
        }
    }

    private void Drop(KeyValuePair<CounterKey, WindowCounter> entry, DateTimeOffset now, bool always)
    {
        if (entry.Value.TryDrop(now, always))
        {
            _counters.TryRemove(entry);
        }
    }
}
