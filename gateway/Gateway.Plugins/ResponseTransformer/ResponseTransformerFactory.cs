using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.ResponseTransformer;

namespace Gateway.Plugins.ResponseTransformer;

internal sealed class ResponseTransformerFactory() : CataloguePluginFactory<ResponseTransformerConfig>("response-transformer")
{
    protected override PluginInstance Create(ResponseTransformerConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new ResponseTransformerPlugin(config);
}
