using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;
using Gateway.Plugins.RateLimitingAdvanced;
using Gateway.Plugins.Redis;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

internal sealed class GraphQLRateLimitingAdvancedFactory(RedisConnections redis, IServiceClient services)
    : CataloguePluginFactory<GraphQLRateLimitingAdvancedConfig>("graphql-rate-limiting-advanced")
{
    protected override PluginInstance Create(GraphQLRateLimitingAdvancedConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        var slides = config.WindowType == "sliding";
        CounterWindow[] windows = [.. config.WindowSize!.Zip(config.Limit!, (size, limit) => new CounterWindow(size, limit, slides)).OrderBy(window => window.Size)];
        var shared = config.Strategy == "redis"
            ? new RedisCounters(
                redis.Get(config.Redis),
                $"gateway:graphql-rate-limiting-advanced:{config.Namespace ?? entity.Id.ToString("N")}:",
                CounterRule.Within,
                GraphQLRateLimitingAdvancedPlugin.Scaled(windows))
            : null;
        var local = host.State.GetOrAdd(entity.Id, static () => new WindowCounters());
        var schemas = host.State.GetOrAdd(entity.Id, () => new SchemaCache(host.Time, host.Loggers.CreateLogger<SchemaCache>()));
        return new GraphQLRateLimitingAdvancedPlugin(config, windows, local, shared, schemas, new Introspection(services, config.PassAllDownstreamHeaders), host.Time);
    }
}
