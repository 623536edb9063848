using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.DataPlane.Model;

/// <summary>Makes plugins' instances. Disabled plugins are validated like others, so that enabling one cannot fail.</summary>
internal sealed class PluginCompiler
{
    private readonly Dictionary<string, PluginFactory> _factories;
    private readonly PluginHost _host;

    public PluginCompiler(IEnumerable<PluginFactory> factories, PluginHost host)
    {
        _factories = factories.ToDictionary(factory => factory.Name, StringComparer.Ordinal);
        _host = host;
    }

    public ConfiguredPlugin? Compile(Plugin plugin, ReadOnlyMemory<byte> canonical, ICollection<ModelError> errors)
    {
        if (!_factories.TryGetValue(plugin.Name, out var factory))
        {
            errors.Add(new ModelError(
                $"{EntityKinds.Plugins}[{plugin.Id}].name",
                $"plugin {plugin.Name} is not known to this data plane",
                string.Join(", ", _factories.Keys.Order(StringComparer.Ordinal))));
            return null;
        }

        var found = new List<ModelError>(Check(plugin, canonical.Span));
        var instance = found.Count == 0 ? factory.Create(plugin, _host, found) : null;
        foreach (var error in found)
        {
            errors.Add(error with { Field = $"{EntityKinds.Plugins}[{plugin.Id}].{error.Field}" });
        }

        return instance is null || found.Count > 0
            ? null
            : new ConfiguredPlugin(plugin, new PluginStep(plugin.Name, factory.Priority, instance), canonical);
    }

    // The control plane has checked it as well, but an older or newer one may know other rules.
    private IReadOnlyList<ModelError> Check(Plugin plugin, ReadOnlySpan<byte> canonical) =>
        PluginCatalogue.Find(plugin.Name) is null
            ? []
            : EntitySchemas.For(EntityKinds.Plugins)
                .Normalise(CanonicalForm.Read(canonical), NormaliseMode.Insert, existing: null, _host.Time).Errors;
}
