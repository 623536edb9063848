using Gateway.Model.Plugins.Redis;

namespace Gateway.Model.Plugins.GraphQLProxyCacheAdvanced;

/// <summary>Kong's <c>graphql-proxy-cache-advanced</c>: keeps the results of GraphQL queries, and answers with them.</summary>
public sealed record GraphQLProxyCacheAdvancedConfig
{
    /// <summary><c>memory</c>: in each process, bounded; <c>redis</c>: one cache for all data planes.</summary>
    public string Strategy { get; init; } = "memory";

    /// <summary>Seconds for which a result is good.</summary>
    public int CacheTtl { get; init; } = 300;

    /// <summary>Request headers that make a difference, beside <c>Accept</c> and those that a response's <c>Vary</c> names.</summary>
    public IReadOnlyList<string>? VaryHeaders { get; init; }

    /// <summary>Whether a request goes upstream past the cache while Redis is away, rather than being refused with 500.</summary>
    public bool BypassOnErr { get; init; }

    public RedisConfig Redis { get; init; } = new();

    /// <summary>Ours: another number leaves everything that was kept before behind, in every data plane that has applied it.</summary>
    public int Generation { get; init; }
}
