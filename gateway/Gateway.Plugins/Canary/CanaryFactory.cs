using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Canary;

namespace Gateway.Plugins.Canary;

internal sealed class CanaryFactory() : CataloguePluginFactory<CanaryConfig>("canary")
{
    protected override PluginInstance Create(CanaryConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new CanaryPlugin(config, entity.CreatedAt, host.Time);
}
