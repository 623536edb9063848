using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Cors;

namespace Gateway.Plugins.Cors;

internal sealed class CorsFactory() : CataloguePluginFactory<CorsConfig>("cors")
{
    protected override PluginInstance Create(CorsConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new CorsPlugin(config);
}
