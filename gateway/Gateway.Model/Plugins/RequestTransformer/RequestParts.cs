namespace Gateway.Model.Plugins.RequestTransformer;

/// <summary>What is done to each part of a request: names, or <c>name:value</c> pairs whose values are templates.</summary>
public record RequestParts
{
    /// <summary>Top-level members of a JSON body, fields of a form.</summary>
    public IReadOnlyList<string> Body { get; init; } = [];

    public IReadOnlyList<string> Headers { get; init; } = [];

    public IReadOnlyList<string> Querystring { get; init; } = [];
}
