namespace Gateway.Model.OpenApi;

/// <summary>How an OpenAPI document becomes a configuration.</summary>
public sealed record OpenApiImportOptions
{
    /// <summary>
    /// Which of the document's servers is meant: its URL as it is written, or its place among them from 0; or the absolute address that relative ones are relative to. Null where the
    /// document has one alone, with an absolute address.
    /// </summary>
    public string? Server { get; init; }

    /// <summary>Values of the servers' variables, in place of their defaults.</summary>
    public IReadOnlyDictionary<string, string> ServerVariables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether each route also gets a <c>request-validator</c> for its parameters and its JSON body.</summary>
    public bool Validation { get; init; }

    /// <summary>What the file says that it owns; empty for nothing said.</summary>
    public IReadOnlyList<string> SelectTags { get; init; } = [];
}
