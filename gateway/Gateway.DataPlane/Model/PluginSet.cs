using System.Collections.Immutable;
using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Model;

/// <summary>The enabled plugins of a configuration, by name and scope. Immutable; a change costs its own size.</summary>
internal sealed class PluginSet
{
    public static readonly PluginSet Empty = new(
        ImmutableDictionary.Create<string, ImmutableDictionary<PluginScope, ConfiguredPlugin>>(StringComparer.Ordinal),
        ImmutableDictionary<Guid, int>.Empty,
        ImmutableDictionary<Guid, int>.Empty,
        ImmutableDictionary<Guid, ConfiguredPlugin>.Empty);

    private readonly ImmutableDictionary<string, ImmutableDictionary<PluginScope, ConfiguredPlugin>> _byName;

    // How many plugins each consumer and each group has: most have none, and then share the chain of everyone.
    private readonly ImmutableDictionary<Guid, int> _consumers;
    private readonly ImmutableDictionary<Guid, int> _groups;

    private PluginSet(
        ImmutableDictionary<string, ImmutableDictionary<PluginScope, ConfiguredPlugin>> byName,
        ImmutableDictionary<Guid, int> consumers,
        ImmutableDictionary<Guid, int> groups,
        ImmutableDictionary<Guid, ConfiguredPlugin> handshaking)
    {
        _byName = byName;
        _consumers = consumers;
        _groups = groups;
        Handshaking = handshaking;
    }

    /// <summary>Those that take part in TLS handshakes, by entity.</summary>
    public ImmutableDictionary<Guid, ConfiguredPlugin> Handshaking { get; }

    public bool HasPluginsFor(Guid consumer) => _consumers.ContainsKey(consumer);

    public bool HasPluginsForGroup(Guid group) => _groups.ContainsKey(group);

    /// <summary>The plugin of this name and scope, if there is one.</summary>
    public ConfiguredPlugin? Find(string name, PluginScope scope) =>
        _byName.TryGetValue(name, out var scopes) && scopes.TryGetValue(scope, out var plugin) ? plugin : null;

    public PluginSet With(ConfiguredPlugin plugin)
    {
        var scopes = _byName.GetValueOrDefault(plugin.Entity.Name, ImmutableDictionary<PluginScope, ConfiguredPlugin>.Empty);
        return new PluginSet(
            _byName.SetItem(plugin.Entity.Name, scopes.SetItem(plugin.Scope, plugin)),
            Counted(_consumers, plugin.Scope.Consumer, by: 1),
            Counted(_groups, plugin.Scope.Group, by: 1),
            plugin.Step.Instance.Phases.Certificate == PhaseMode.Absent ? Handshaking : Handshaking.SetItem(plugin.Entity.Id, plugin));
    }

    public PluginSet Without(ConfiguredPlugin plugin)
    {
        var scopes = _byName[plugin.Entity.Name].Remove(plugin.Scope);
        return new PluginSet(
            scopes.IsEmpty ? _byName.Remove(plugin.Entity.Name) : _byName.SetItem(plugin.Entity.Name, scopes),
            Counted(_consumers, plugin.Scope.Consumer, by: -1),
            Counted(_groups, plugin.Scope.Group, by: -1),
            Handshaking.Remove(plugin.Entity.Id));
    }

    /// <summary>For each plugin name the most specific instance, by Kong's precedence. Empty ids where there is no route, service or consumer.</summary>
    /// <param name="groups">The consumer's groups; where two have the same plugin, the first one's counts.</param>
    public PluginChain Resolve(Guid route, Guid service, Guid consumer, ReadOnlySpan<Guid> groups)
    {
        if (_byName.IsEmpty)
        {
            return PluginChain.Empty;
        }

        var steps = new List<PluginStep>(_byName.Count);
        foreach (var scopes in _byName.Values)
        {
            if (MostSpecific(scopes, route, service, consumer, groups) is { } plugin)
            {
                steps.Add(plugin.Step);
            }
        }

        return new PluginChain(steps);
    }

    private static ConfiguredPlugin? MostSpecific(
        ImmutableDictionary<PluginScope, ConfiguredPlugin> scopes, Guid route, Guid service, Guid consumer, ReadOnlySpan<Guid> groups) =>
        Find(scopes, new(route, service, consumer))
        ?? FindFirst(scopes, new(route, service, Guid.Empty), groups)
        ?? Find(scopes, new(route, Guid.Empty, consumer))
        ?? Find(scopes, new(Guid.Empty, service, consumer))
        ?? FindFirst(scopes, new(route, Guid.Empty, Guid.Empty), groups)
        ?? FindFirst(scopes, new(Guid.Empty, service, Guid.Empty), groups)
        ?? Find(scopes, new(route, service, Guid.Empty))
        ?? Find(scopes, new(Guid.Empty, Guid.Empty, consumer))
        ?? FindFirst(scopes, default, groups)
        ?? Find(scopes, new(route, Guid.Empty, Guid.Empty))
        ?? Find(scopes, new(Guid.Empty, service, Guid.Empty))
        ?? Find(scopes, default);

    // Where an id is empty the scope is one of those that follow: nothing is found here that would not be found there.
    private static ConfiguredPlugin? Find(ImmutableDictionary<PluginScope, ConfiguredPlugin> scopes, PluginScope scope) => scopes.GetValueOrDefault(scope);

    private static ConfiguredPlugin? FindFirst(ImmutableDictionary<PluginScope, ConfiguredPlugin> scopes, PluginScope scope, ReadOnlySpan<Guid> groups)
    {
        foreach (var group in groups)
        {
            if (scopes.TryGetValue(scope with { Group = group }, out var plugin))
            {
                return plugin;
            }
        }

        return null;
    }

    private static ImmutableDictionary<Guid, int> Counted(ImmutableDictionary<Guid, int> counts, Guid id, int by)
    {
        if (id == Guid.Empty)
        {
            return counts;
        }

        var count = counts.GetValueOrDefault(id) + by;
        return count == 0 ? counts.Remove(id) : counts.SetItem(id, count);
    }
}
