using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RateLimitingAdvanced;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.RateLimitingAdvanced;

internal sealed class RateLimitingAdvancedFactory(RedisConnections redis) : CataloguePluginFactory<RateLimitingAdvancedConfig>("rate-limiting-advanced")
{
    protected override PluginInstance Create(RateLimitingAdvancedConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        var slides = config.WindowType == "sliding";
        CounterWindow[] windows = [.. config.WindowSize!.Zip(config.Limit!, (size, limit) => new CounterWindow(size, limit, slides)).OrderBy(window => window.Size)];

        // As in Kong, what is refused counts in sliding windows alone.
        var rule = slides && !config.DisablePenalty ? CounterRule.WithinAndPenalise : CounterRule.Within;
        var shared = config.Strategy == "redis"
            ? new RedisCounters(redis.Get(config.Redis), $"gateway:rate-limiting-advanced:{config.Namespace ?? entity.Id.ToString("N")}:", rule, windows)
            : null;
        var local = host.State.GetOrAdd(entity.Id, static () => new WindowCounters());
        return new RateLimitingAdvancedPlugin(config, rule, windows, local, shared, host.Time);
    }
}
