namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>One service's schema. Everything is read and written under <see cref="Gate"/>.</summary>
internal sealed class CachedSchema
{
    public Lock Gate { get; } = new();

    /// <summary>Null where the service never said it.</summary>
    public UpstreamSchema? Schema { get; set; }

    /// <summary>The question that is on its way, if any. Does not fail.</summary>
    public Task? Asking { get; set; }

    public DateTimeOffset AskAgainAt { get; set; } = DateTimeOffset.MinValue;

    public DateTimeOffset UsedAt { get; set; }
}
