using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.ProxyCacheAdvanced;
using Gateway.Plugins.ProxyCache;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.ProxyCacheAdvanced;

internal sealed class ProxyCacheAdvancedFactory(ResponseMemory memory, RedisConnections redis) : CataloguePluginFactory<ProxyCacheAdvancedConfig>("proxy-cache-advanced")
{
    protected override PluginInstance Create(ProxyCacheAdvancedConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        IResponseStore store = config.Strategy == "redis" ? new RedisResponses(redis.Get(config.Redis)) : memory;
        var flights = host.State.GetOrAdd(entity.Id, () => new Flights(host.Time));
        return new ProxyCachePlugin(entity.Id, config, store, flights, config.BypassOnErr, host.Time);
    }
}
