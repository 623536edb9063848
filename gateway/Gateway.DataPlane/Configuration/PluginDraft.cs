using System.Collections.Immutable;
using Gateway.DataPlane.Model;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Plugins in the making.</summary>
internal sealed class PluginDraft(RuntimeConfiguration start)
{
    private readonly ImmutableDictionary<Guid, Plugin>.Builder _plugins = start.PluginEntities.ToBuilder();
    private readonly Dictionary<Guid, ReadOnlyMemory<byte>?> _touched = [];

    public ImmutableDictionary<Guid, Plugin> Entities => _plugins.ToImmutable();

    public Plugin? Find(Guid id) => _plugins.GetValueOrDefault(id);

    public void Put(Guid id, Plugin? plugin, ReadOnlyMemory<byte>? canonical)
    {
        _touched[id] = canonical;
        if (plugin is null)
        {
            _plugins.Remove(id);
        }
        else
        {
            _plugins[id] = plugin;
        }
    }

    public PluginSet Compile(RuntimeConfiguration previous, PluginCompiler compiler, ICollection<ModelError> errors)
    {
        var set = start.Plugins;
        foreach (var id in _touched.Keys)
        {
            if (start.PluginEntities.TryGetValue(id, out var before) && Configured(start, before) is { } configured)
            {
                set = set.Without(configured);
            }
        }

        foreach (var (id, canonical) in _touched)
        {
            if (canonical is not { } bytes || !_plugins.TryGetValue(id, out var plugin))
            {
                continue;
            }

            var known = previous.PluginEntities.TryGetValue(id, out var before) ? Configured(previous, before) : null;
            var configured = known is not null && known.Canonical.Span.SequenceEqual(bytes.Span)
                ? known
                : compiler.Compile(plugin, bytes, errors);
            if (configured is null || !plugin.Enabled)
            {
                continue;
            }

            if (set.Find(plugin.Name, configured.Scope) is { } other)
            {
                errors.Add(new ModelError($"{EntityKinds.Plugins}[{id}]", $"{plugin.Name} is configured twice for the same scope, also as {other.Entity.Id}"));
                continue;
            }

            set = set.With(configured);
        }

        return set;
    }

    private static ConfiguredPlugin? Configured(RuntimeConfiguration configuration, Plugin plugin) =>
        configuration.Plugins.Find(plugin.Name, PluginScope.Of(plugin)) is { } configured && configured.Entity.Id == plugin.Id ? configured : null;
}
