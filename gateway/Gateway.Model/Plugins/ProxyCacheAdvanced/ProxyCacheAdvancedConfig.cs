using Gateway.Model.Plugins.ProxyCache;
using Gateway.Model.Plugins.Redis;

namespace Gateway.Model.Plugins.ProxyCacheAdvanced;

/// <summary>Kong's <c>proxy-cache-advanced</c>: as <c>proxy-cache</c>, and with Redis one cache for all data planes.</summary>
public sealed record ProxyCacheAdvancedConfig : ProxyCacheConfig
{
    /// <summary>Whether a request goes upstream past the cache while Redis is away, rather than being refused with 500.</summary>
    public bool BypassOnErr { get; init; }

    public RedisConfig Redis { get; init; } = new();
}
