using System.Text.Json.Nodes;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Holds back what uses a plugin that an instance lacks, or has in a version that does not fit ours.</summary>
internal sealed class PluginRule
{
    private readonly Dictionary<string, Incompatibility> _unusable = new(StringComparer.Ordinal);

    /// <param name="ours">Plugin name to version, as this control plane knows them.</param>
    public PluginRule(IReadOnlyDictionary<string, string> ours, InstanceProfile profile)
    {
        foreach (var (name, version) in ours)
        {
            if (!profile.Plugins.TryGetValue(name, out var theirs))
            {
                _unusable.Add(name, new Incompatibility(SyncStatus.PluginSetIncompatible, new ModelError(
                    $"plugins.{name}", "in use, and this data plane does not have it", $"a data plane with {name} {version}, or no use of {name}")));
            }
            else if (GatewayVersionNumber.TryParse(version) is { } own && (GatewayVersionNumber.TryParse(theirs) is not { } other || !own.Serves(other)))
            {
                _unusable.Add(name, new Incompatibility(SyncStatus.PluginVersionIncompatible, new ModelError(
                    $"plugins.{name}", $"in use, and this data plane has its version {theirs}", own.Minor > 0 ? $"{own.Major}.{own.Minor - 1} or {own}" : $"{own}")));
            }
        }

        Key = string.Join(',', _unusable.OrderBy(plugin => plugin.Key, StringComparer.Ordinal).Select(plugin => $"{plugin.Key}:{plugin.Value.Error.Problem}"));
    }

    /// <summary>Equal keys, equal rules.</summary>
    public string Key { get; }

    /// <summary>Whether the instance can run every plugin that there is.</summary>
    public bool IsEmpty => _unusable.Count == 0;

    public Translated Apply(EntityKey key, ReadOnlyMemory<byte> canonical)
    {
        if (key.Kind != EntityKinds.Plugins)
        {
            return new Translated(canonical, null);
        }

        var plugin = CanonicalForm.Read(canonical.Span);
        if ((string?)plugin["name"] is not { } name || !_unusable.TryGetValue(name, out var problem))
        {
            return new Translated(canonical, null);
        }

        // One that is switched off does nothing anywhere: it can be left out.
        return plugin["enabled"] is JsonValue value && value.TryGetValue<bool>(out var enabled) && !enabled
            ? new Translated(null, null)
            : new Translated(canonical, problem);
    }
}
