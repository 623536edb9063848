using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.ProxyCache;

namespace Gateway.Plugins.ProxyCache;

internal sealed class ProxyCacheFactory(ResponseMemory memory) : CataloguePluginFactory<ProxyCacheConfig>("proxy-cache")
{
    protected override PluginInstance Create(ProxyCacheConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new ProxyCachePlugin(entity.Id, config, memory, host.State.GetOrAdd(entity.Id, () => new Flights(host.Time)), failsOpen: true, host.Time);
}
