using System.Text.Json.Serialization;

namespace Gateway.Model.Plugins.ProxyCache;

/// <summary>Which headers tell clients about the cache.</summary>
public sealed record ProxyCacheHeaders
{
    /// <summary>On a hit, seconds since the upstream made the response.</summary>
    [JsonPropertyName("age")]
    public bool Age { get; init; } = true;

    /// <summary><c>Hit</c>, <c>Miss</c>, <c>Refresh</c> or <c>Bypass</c>.</summary>
    [JsonPropertyName("X-Cache-Status")]
    public bool CacheStatus { get; init; } = true;

    [JsonPropertyName("X-Cache-Key")]
    public bool CacheKey { get; init; } = true;
}
