using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.GraphQLProxyCacheAdvanced;
using Gateway.Model.Plugins.ProxyCache;
using Gateway.Plugins.ProxyCache;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.GraphQLProxyCacheAdvanced;

/// <summary>The proxy's cache, for GraphQL queries.</summary>
internal sealed class GraphQLProxyCacheAdvancedFactory(ResponseMemory memory, RedisConnections redis)
    : CataloguePluginFactory<GraphQLProxyCacheAdvancedConfig>("graphql-proxy-cache-advanced")
{
    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-8", "application/graphql-response+json", "application/graphql-response+json; charset=utf-8",
    ];

    protected override PluginInstance Create(GraphQLProxyCacheAdvancedConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        var rules = new ProxyCacheConfig
        {
            ResponseCode = [200],
            RequestMethod = ["GET", "POST"],
            ContentType = Types,
            CacheTtl = config.CacheTtl,

            // Servers choose the form of their results by it, and few say so in Vary.
            VaryHeaders = [.. config.VaryHeaders ?? [], "Accept"],
            Generation = config.Generation,
        };
        IResponseStore store = config.Strategy == "redis" ? new RedisResponses(redis.Get(config.Redis)) : memory;
        var flights = host.State.GetOrAdd(entity.Id, () => new Flights(host.Time));
        return new ProxyCachePlugin(entity.Id, rules, store, flights, config.BypassOnErr, host.Time, new QueriesAlone());
    }
}
