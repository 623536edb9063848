using System.Collections.Frozen;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>
/// Which plugins take part in a TLS handshake. The route is not known then, only the server name: as in Kong, a plugin takes part where the name is one of its routes' <c>snis</c>, and in every
/// handshake where it is global or one of its routes names none.
/// </summary>
internal sealed class HandshakePlugins
{
    public static readonly HandshakePlugins None = new([], FrozenDictionary<string, PluginInstance[]>.Empty);

    private readonly PluginInstance[] _always;
    private readonly FrozenDictionary<string, PluginInstance[]> _byName;

    private HandshakePlugins(PluginInstance[] always, FrozenDictionary<string, PluginInstance[]> byName)
    {
        _always = always;
        _byName = byName;
    }

    public PluginInstance[] For(string? serverName) =>
        !string.IsNullOrEmpty(serverName) && _byName.TryGetValue(serverName.TrimEnd('.'), out var plugins) ? plugins : _always;

    public static HandshakePlugins Of(RuntimeConfiguration configuration, EntityReferences references)
    {
        if (configuration.Plugins.Handshaking.IsEmpty)
        {
            return None;
        }

        var always = new List<PluginStep>();
        var byName = new Dictionary<string, List<PluginStep>>(StringComparer.OrdinalIgnoreCase);
        foreach (var plugin in configuration.Plugins.Handshaking.Values)
        {
            var names = NamesOf(plugin.Scope, configuration, references);
            if (names is null)
            {
                always.Add(plugin.Step);
                continue;
            }

            foreach (var name in names)
            {
                if (!byName.TryGetValue(name, out var steps))
                {
                    byName[name] = steps = [];
                }

                steps.Add(plugin.Step);
            }
        }

        return new HandshakePlugins(
            Ordered(always),
            byName.ToFrozenDictionary(entry => entry.Key, entry => Ordered([.. entry.Value, .. always]), StringComparer.OrdinalIgnoreCase));
    }

    // Null for any name.
    private static HashSet<string>? NamesOf(PluginScope scope, RuntimeConfiguration configuration, EntityReferences references)
    {
        if (scope.Route == Guid.Empty && scope.Service == Guid.Empty)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var route in scope.Route == Guid.Empty ? references.ReferrersOf(EntityKinds.Services, scope.Service, EntityKinds.Routes) : [scope.Route])
        {
            if (configuration.Routes[route].Entity.Snis is not { Count: > 0 } snis)
            {
                return null;
            }

            names.UnionWith(snis.Select(sni => sni.TrimEnd('.')));
        }

        return names;
    }

    private static PluginInstance[] Ordered(List<PluginStep> steps)
    {
        steps.Sort(PluginStep.Order);
        return [.. steps.Select(step => step.Instance)];
    }
}
