namespace Gateway.Model.Plugins.ResponseTransformer;

/// <summary>Kong's <c>response-transformer</c>: changes a response before the client gets it; in this order: remove, rename, replace, add, append.</summary>
public sealed record ResponseTransformerConfig
{
    public ResponseNames Remove { get; init; } = new();

    /// <summary>Old name, colon, new name.</summary>
    public ResponseNames Rename { get; init; } = new();

    /// <summary>Only what is there.</summary>
    public ResponseValues Replace { get; init; } = new();

    /// <summary>Only what is not there.</summary>
    public ResponseValues Add { get; init; } = new();

    /// <summary>Beside what is there.</summary>
    public ResponseValues Append { get; init; } = new();
}
