namespace Gateway.Model.Plugins.ResponseTransformer;

/// <summary>Names, or pairs of an old and a new one.</summary>
public sealed record ResponseNames
{
    /// <summary>Top-level members of a JSON body.</summary>
    public IReadOnlyList<string> Json { get; init; } = [];

    public IReadOnlyList<string> Headers { get; init; } = [];
}
