using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.RateLimiting;

namespace Gateway.Plugins.RateLimiting;

internal sealed class RateLimitingFactory() : CataloguePluginFactory<RateLimitingConfig>("rate-limiting")
{
    protected override PluginInstance Create(RateLimitingConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new RateLimitingPlugin(config, host.State.GetOrAdd(entity.Id, static () => new LocalCounters()), host.Time);
}
