using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RequestTermination;

namespace Gateway.Plugins.RequestTermination;

internal sealed class RequestTerminationFactory() : CataloguePluginFactory<RequestTerminationConfig>("request-termination")
{
    protected override PluginInstance Create(RequestTerminationConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new RequestTerminationPlugin(config);
}
