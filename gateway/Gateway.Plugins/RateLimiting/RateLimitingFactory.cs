using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RateLimiting;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimiting;

internal sealed class RateLimitingFactory(RedisConnections redis) : CataloguePluginFactory<RateLimitingConfig>("rate-limiting")
{
    protected override PluginInstance Create(RateLimitingConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        var limits = Limit.AllOf(config);
        var local = host.State.GetOrAdd(entity.Id, static () => new LocalCounters());
        var shared = config.Policy == "redis"
            ? new RedisCounters(redis.Get(config.Redis), $"gateway:rate-limiting:{entity.Id:N}:", CounterRule.Below, [.. limits.Select(limit => limit.ToWindow())])
            : null;
        return new RateLimitingPlugin(config, limits, local, shared, host.Time);
    }
}
