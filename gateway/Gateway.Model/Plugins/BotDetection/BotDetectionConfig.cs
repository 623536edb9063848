namespace Gateway.Model.Plugins.BotDetection;

/// <summary>Kong's <c>bot-detection</c>: refuses what its User-Agent says is a crawler.</summary>
public sealed record BotDetectionConfig
{
    /// <summary>Regular expressions of agents that may come, whatever else says that they may not.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Regular expressions of agents that may not come, beside the crawlers that are known.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];
}
