using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
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
    private readonly ReferenceResolver _references;

    public PluginCompiler(IEnumerable<PluginFactory> factories, PluginHost host, ReferenceResolver references)
    {
        _factories = factories.ToDictionary(factory => factory.Name, StringComparer.Ordinal);
        _host = host;
        _references = references;
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
        var instance = found.Count == 0 ? Create(factory, plugin, canonical, found) : null;
        foreach (var error in found)
        {
            errors.Add(error with { Field = $"{EntityKinds.Plugins}[{plugin.Id}].{error.Field}" });
        }

        return instance is null || found.Count > 0
            ? null
            : new ConfiguredPlugin(plugin, new PluginStep(plugin.Name, factory.Priority, instance), canonical);
    }

    private PluginInstance? Create(PluginFactory factory, Plugin plugin, ReadOnlyMemory<byte> canonical, List<ModelError> errors) =>
        ReferenceResolver.HasReferences(plugin)
            ? new ReferencingPlugin(_references, factory, plugin, canonical, _host)
            : factory.Create(plugin, _host, errors);

    // The control plane has checked it as well, but an older or newer one may know other rules.
    private IReadOnlyList<ModelError> Check(Plugin plugin, ReadOnlySpan<byte> canonical) =>
        PluginCatalogue.Find(plugin.Name) is null
            ? []
            : EntitySchemas.For(EntityKinds.Plugins)
                .Normalise(CanonicalForm.Read(canonical), NormaliseMode.Insert, existing: null, _host.Time).Errors;
}
