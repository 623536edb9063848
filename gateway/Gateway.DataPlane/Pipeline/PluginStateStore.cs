using System.Collections.Concurrent;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Keeps plugins' counters and caches over changes of configuration, until their plugin entity is deleted.</summary>
public sealed class PluginStateStore
{
    private readonly ConcurrentDictionary<(Guid Plugin, Type Type), Lazy<object>> _states = new();

    /// <summary>The state of a plugin entity, made on first use. Each entity has at most one of each type.</summary>
    public TState GetOrAdd<TState>(Guid pluginId, Func<TState> create)
        where TState : class
    {
        var state = _states.GetOrAdd((pluginId, typeof(TState)), static (_, create) => new Lazy<object>(create), create);
        return (TState)state.Value;
    }

    /// <summary>Forgets what belongs to a plugin that is no more.</summary>
    internal void Remove(Guid pluginId)
    {
        foreach (var key in _states.Keys)
        {
            if (key.Plugin == pluginId)
            {
                _states.TryRemove(key, out _);
            }
        }
    }

    internal void Sweep(DateTimeOffset now)
    {
        foreach (var state in _states.Values)
        {
            if (state.IsValueCreated && state.Value is IPluginState sweepable)
            {
                sweepable.Sweep(now);
            }
        }
    }
}
