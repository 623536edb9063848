using Gateway.Model.Plugins.Redis;

namespace Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>Kong's <c>graphql-rate-limiting-advanced</c>: limits what queries cost, over windows of any length.</summary>
public sealed record GraphQLRateLimitingAdvancedConfig
{
    /// <summary>Cost, one limit for each of <see cref="WindowSize"/>. Required.</summary>
    public IReadOnlyList<double>? Limit { get; init; }

    /// <summary>Seconds. Required.</summary>
    public IReadOnlyList<double>? WindowSize { get; init; }

    /// <summary><c>fixed</c> or <c>sliding</c>, as of <c>rate-limiting-advanced</c>.</summary>
    public string WindowType { get; init; } = "sliding";

    /// <summary><c>consumer</c>, <c>credential</c> or <c>ip</c>; who lacks it is counted by address.</summary>
    public string Identifier { get; init; } = "consumer";

    /// <summary>Plugins with the same one share their counters in Redis; null: the plugin has its own.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>local</c> or <c>redis</c>. While Redis is away each process counts for itself.</summary>
    public string Strategy { get; init; } = "local";

    /// <summary>Of no effect: counters in Redis never lag.</summary>
    public double? SyncRate { get; init; }

    public RedisConfig Redis { get; init; } = new();

    public bool HideClientHeaders { get; init; }

    /// <summary><c>default</c>: every field counts. <c>node_quantifier</c>: only fields in <see cref="Costs"/> do, once for every node that they are asked of.</summary>
    public string CostStrategy { get; init; } = "default";

    /// <summary>A query that costs more is refused with 403, whatever is left. 0 for no bound.</summary>
    public double MaxCost { get; init; }

    /// <summary>What every cost is multiplied by before anything else, greater than 0.</summary>
    public double ScoreFactor { get; init; } = 1;

    /// <summary>Whether the question for the upstream's schema carries all headers of the client's request, rather than <c>Authorization</c> alone.</summary>
    public bool PassAllDownstreamHeaders { get; init; }

    /// <summary>Ours: what fields cost, which are entities of their own in Kong.</summary>
    public IReadOnlyList<GraphQLCost> Costs { get; init; } = [];
}
