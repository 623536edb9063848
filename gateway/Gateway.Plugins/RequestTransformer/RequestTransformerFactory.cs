using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RequestTransformer;

namespace Gateway.Plugins.RequestTransformer;

internal sealed class RequestTransformerFactory() : CataloguePluginFactory<RequestTransformerConfig>("request-transformer")
{
    protected override PluginInstance Create(RequestTransformerConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new RequestTransformerPlugin(config);
}
