using System.Collections.Immutable;
using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Model;

/// <summary>The enabled plugins of a configuration, by name and scope. Immutable; a change costs its own size.</summary>
internal sealed class PluginSet
{
    public static readonly PluginSet Empty = new(
        ImmutableDictionary.Create<string, ImmutableDictionary<PluginScope, ConfiguredPlugin>>(StringComparer.Ordinal),
        ImmutableDictionary<Guid, int>.Empty);

    private readonly ImmutableDictionary<string, ImmutableDictionary<PluginScope, ConfiguredPlugin>> _byName;

    // How many plugins each consumer has: most have none, and then share the chain of everyone.
    private readonly ImmutableDictionary<Guid, int> _consumers;

    private PluginSet(
        ImmutableDictionary<string, ImmutableDictionary<PluginScope, ConfiguredPlugin>> byName, ImmutableDictionary<Guid, int> consumers)
    {
        _byName = byName;
        _consumers = consumers;
    }

    public bool HasPluginsFor(Guid consumer) => _consumers.ContainsKey(consumer);

    /// <summary>The plugin of this name and scope, if there is one.</summary>
    public ConfiguredPlugin? Find(string name, PluginScope scope) =>
        _byName.TryGetValue(name, out var scopes) && scopes.TryGetValue(scope, out var plugin) ? plugin : null;

    public PluginSet With(ConfiguredPlugin plugin)
    {
        var scopes = _byName.GetValueOrDefault(plugin.Entity.Name, ImmutableDictionary<PluginScope, ConfiguredPlugin>.Empty);
        return new PluginSet(
            _byName.SetItem(plugin.Entity.Name, scopes.SetItem(plugin.Scope, plugin)),
            plugin.Scope.Consumer == Guid.Empty
                ? _consumers
                : _consumers.SetItem(plugin.Scope.Consumer, _consumers.GetValueOrDefault(plugin.Scope.Consumer) + 1));
    }

    public PluginSet Without(ConfiguredPlugin plugin)
    {
        var scopes = _byName[plugin.Entity.Name].Remove(plugin.Scope);
        var consumers = _consumers;
        if (plugin.Scope.Consumer != Guid.Empty)
        {
            var left = consumers[plugin.Scope.Consumer] - 1;
            consumers = left == 0 ? consumers.Remove(plugin.Scope.Consumer) : consumers.SetItem(plugin.Scope.Consumer, left);
        }

        return new PluginSet(
            scopes.IsEmpty ? _byName.Remove(plugin.Entity.Name) : _byName.SetItem(plugin.Entity.Name, scopes), consumers);
    }

    /// <summary>For each plugin name the most specific instance, by Kong's precedence. Empty ids where there is no route, service or consumer.</summary>
    public PluginChain Resolve(Guid route, Guid service, Guid consumer)
    {
        if (_byName.IsEmpty)
        {
            return PluginChain.Empty;
        }

        var steps = new List<PluginStep>(_byName.Count);
        foreach (var scopes in _byName.Values)
        {
            if (MostSpecific(scopes, route, service, consumer) is { } plugin)
            {
                steps.Add(plugin.Step);
            }
        }

        return new PluginChain(steps);
    }

    private static ConfiguredPlugin? MostSpecific(
        ImmutableDictionary<PluginScope, ConfiguredPlugin> scopes, Guid route, Guid service, Guid consumer)
    {
        ReadOnlySpan<PluginScope> precedence =
        [
            new(route, service, consumer),
            new(route, Guid.Empty, consumer),
            new(Guid.Empty, service, consumer),
            new(route, service, Guid.Empty),
            new(Guid.Empty, Guid.Empty, consumer),
            new(route, Guid.Empty, Guid.Empty),
            new(Guid.Empty, service, Guid.Empty),
            default,
        ];
        foreach (var scope in precedence)
        {
            // Where an id is empty the scope is one of those that follow: nothing is found here that would not be found there.
            if (scopes.TryGetValue(scope, out var plugin))
            {
                return plugin;
            }
        }

        return null;
    }
}
