namespace Gateway.Model.Plugins.RequestTransformer;

/// <summary>Kong's <c>request-transformer</c>: changes a request before it goes upstream; in this order: remove, rename, replace, add, append.</summary>
public sealed record RequestTransformerConfig
{
    /// <summary>The upstream's method; null to leave it.</summary>
    public string? HttpMethod { get; init; }

    public RequestParts Remove { get; init; } = new();

    /// <summary>Old name, colon, new name.</summary>
    public RequestParts Rename { get; init; } = new();

    /// <summary>Only what is there.</summary>
    public ReplacedRequestParts Replace { get; init; } = new();

    /// <summary>Only what is not there.</summary>
    public RequestParts Add { get; init; } = new();

    /// <summary>Beside what is there.</summary>
    public RequestParts Append { get; init; } = new();
}
