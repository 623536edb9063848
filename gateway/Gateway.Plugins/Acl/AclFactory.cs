using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.Acl;

namespace Gateway.Plugins.Acl;

internal sealed class AclFactory() : CataloguePluginFactory<AclConfig>("acl")
{
    protected override PluginInstance Create(AclConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) => new AclPlugin(config);
}
