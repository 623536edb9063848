using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RequestSizeLimiting;

namespace Gateway.Plugins.RequestSizeLimiting;

internal sealed class RequestSizeLimitingFactory() : CataloguePluginFactory<RequestSizeLimitingConfig>("request-size-limiting")
{
    protected override PluginInstance Create(RequestSizeLimitingConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new RequestSizeLimitingPlugin(config);
}
