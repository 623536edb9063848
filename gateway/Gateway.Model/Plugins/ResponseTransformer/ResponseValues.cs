namespace Gateway.Model.Plugins.ResponseTransformer;

/// <summary><c>name:value</c> pairs.</summary>
public sealed record ResponseValues
{
    /// <summary>Top-level members of a JSON body.</summary>
    public IReadOnlyList<string> Json { get; init; } = [];

    /// <summary>What the value at the same place of <see cref="Json"/> is: <c>string</c>, <c>number</c> or <c>boolean</c>; a string where this list is shorter.</summary>
    public IReadOnlyList<string> JsonTypes { get; init; } = [];

    public IReadOnlyList<string> Headers { get; init; } = [];
}
