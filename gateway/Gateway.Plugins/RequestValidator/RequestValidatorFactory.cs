using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RequestValidator;

namespace Gateway.Plugins.RequestValidator;

internal sealed class RequestValidatorFactory() : CataloguePluginFactory<RequestValidatorConfig>("request-validator")
{
    protected override PluginInstance Create(RequestValidatorConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new RequestValidatorPlugin(config);
}
