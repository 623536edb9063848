using Gateway.Model.Plugins.Redis;

namespace Gateway.Model.Plugins.RateLimiting;

/// <summary>Kong's <c>rate-limiting</c>: at most so many requests per calendar period (UTC), by one of several identifiers.</summary>
public sealed record RateLimitingConfig
{
    public double? Second { get; init; }
    public double? Minute { get; init; }
    public double? Hour { get; init; }
    public double? Day { get; init; }
    public double? Month { get; init; }
    public double? Year { get; init; }

    /// <summary><c>consumer</c>, <c>credential</c>, <c>ip</c>, <c>service</c>, <c>header</c>, <c>path</c> or <c>consumer-group</c>; who lacks it is counted by address.</summary>
    public string LimitBy { get; init; } = "consumer";
    public string? HeaderName { get; init; }
    public string? Path { get; init; }

    /// <summary><c>local</c>: each data plane process counts for itself; <c>redis</c>: all that share the server count together.</summary>
    public string Policy { get; init; } = "local";

    /// <summary>Whether requests are counted locally while Redis is away, rather than refused with 500.</summary>
    public bool FaultTolerant { get; init; } = true;
    public RedisConfig Redis { get; init; } = new();
    public bool HideClientHeaders { get; init; }
    public int ErrorCode { get; init; } = 429;
    public string ErrorMessage { get; init; } = "API rate limit exceeded";
}
