using System.Text.Json;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Makes instances of a plugin of the catalogue, with its config typed.</summary>
/// <typeparam name="TConfig">The catalogue's config record.</typeparam>
public abstract class CataloguePluginFactory<TConfig>(string name) : PluginFactory
    where TConfig : class
{
    private readonly PluginDefinition _definition =
        PluginCatalogue.Find(name) ?? throw new ArgumentException($"The catalogue has no plugin {name}.", nameof(name));

    public sealed override string Name => _definition.Name;

    public sealed override string Version => _definition.Version;

    public sealed override int Priority => _definition.Priority;

    public sealed override PluginInstance? Create(Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        TConfig config;
        try
        {
            config = (TConfig)_definition.Read(entity.Config);
        }
        catch (JsonException invalid)
        {
            errors.Add(new ModelError($"config{invalid.Path?.TrimStart('$')}", "cannot be read"));
            return null;
        }

        return Create(config, entity, host, errors);
    }

    protected abstract PluginInstance? Create(TConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors);
}
