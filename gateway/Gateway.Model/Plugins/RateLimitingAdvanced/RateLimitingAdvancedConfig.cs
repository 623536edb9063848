using Gateway.Model.Plugins.Redis;

namespace Gateway.Model.Plugins.RateLimitingAdvanced;

/// <summary>Kong's <c>rate-limiting-advanced</c>: limits over windows of any length, fixed or sliding, for one identifier or several together.</summary>
public sealed record RateLimitingAdvancedConfig
{
    /// <summary>Requests, one limit for each of <see cref="WindowSize"/>. Required.</summary>
    public IReadOnlyList<double>? Limit { get; init; }

    /// <summary>Seconds. Required.</summary>
    public IReadOnlyList<double>? WindowSize { get; init; }

    /// <summary><c>fixed</c>: a window begins at each multiple of its length. <c>sliding</c>: the one before counts too, by the share of it that a window ending now covers.</summary>
    public string WindowType { get; init; } = "sliding";

    /// <summary><c>ip</c>, <c>credential</c>, <c>consumer</c>, <c>service</c>, <c>header</c>, <c>path</c> or <c>consumer-group</c>; who lacks it is counted by address.</summary>
    public string Identifier { get; init; } = "consumer";

    /// <summary>Several identifiers that are one together, instead of <see cref="Identifier"/>.</summary>
    public IReadOnlyList<string>? CompoundIdentifier { get; init; }

    public string? HeaderName { get; init; }

    public string? Path { get; init; }

    /// <summary>Plugins with the same one share their counters in Redis; null: the plugin has its own.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>local</c> or <c>redis</c>. While Redis is away each process counts for itself.</summary>
    public string Strategy { get; init; } = "local";

    /// <summary>Of no effect: counters in Redis never lag.</summary>
    public double? SyncRate { get; init; }

    public RedisConfig Redis { get; init; } = new();

    public bool HideClientHeaders { get; init; }

    /// <summary>Seconds that are added to <c>Retry-After</c> at most, at random, so that clients do not all come back at once.</summary>
    public double RetryAfterJitterMax { get; init; }

    /// <summary>Whether refused requests are not counted. Of sliding windows only.</summary>
    public bool DisablePenalty { get; init; }

    public int ErrorCode { get; init; } = 429;

    public string ErrorMessage { get; init; } = "API rate limit exceeded";
}
