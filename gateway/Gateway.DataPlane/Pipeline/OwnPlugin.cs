using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Pipeline;

/// <summary>A plugin that did not come with the gateway. Control planes load it for its definition, data planes to run it. See docs/plugins/own.md.</summary>
public abstract class OwnPlugin
{
    private protected OwnPlugin()
    {
    }

    /// <summary>Name, version, priority, and the config's fields.</summary>
    public abstract PluginDefinition Definition { get; }

    internal abstract PluginFactory CreateFactory();
}

/// <inheritdoc/>
/// <typeparam name="TConfig">A record with a property for each field of the config; snake_case there is PascalCase here.</typeparam>
public abstract class OwnPlugin<TConfig> : OwnPlugin
    where TConfig : class
{
    /// <summary>An instance for a plugin entity. What it throws makes the entity's routes answer 500, and nobody else's.</summary>
    public abstract PluginInstance Create(TConfig config, Plugin entity, PluginHost host);

    internal sealed override PluginFactory CreateFactory() => new Factory(this);

    private sealed class Factory(OwnPlugin<TConfig> own) : CataloguePluginFactory<TConfig>(own.Definition.Name)
    {
        protected override PluginInstance Create(TConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
        {
            try
            {
                return own.Create(config, entity, host) ?? throw new InvalidOperationException("Create gave no instance.");
            }
            catch (Exception failure)
            {
                PipelineLog.PluginNotCreated(host.Loggers.CreateLogger(own.GetType()), entity.Name, entity.Id, failure);
                return new BrokenPlugin();
            }
        }
    }
}
