using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.IpRestriction;

namespace Gateway.Plugins.IpRestriction;

internal sealed class IpRestrictionFactory() : CataloguePluginFactory<IpRestrictionConfig>("ip-restriction")
{
    protected override PluginInstance Create(IpRestrictionConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new IpRestrictionPlugin(config);
}
