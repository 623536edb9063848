namespace Gateway.Plugins.RequestTransformer;

/// <summary>A part of a multipart form.</summary>
/// <param name="Name">Null where it has none.</param>
/// <param name="Headers">Its lines.</param>
internal sealed record FormPart(string? Name, IReadOnlyList<string> Headers, byte[] Content)
{
    /// <summary>A part that is a value and nothing else.</summary>
    public static FormPart Simple(string name, byte[] content) =>
        new(name, [$"Content-Disposition: form-data; name=\"{name.Replace("\"", "%22", StringComparison.Ordinal).ReplaceLineEndings(string.Empty)}\""], content);
}
