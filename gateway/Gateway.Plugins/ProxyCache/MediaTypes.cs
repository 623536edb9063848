namespace Gateway.Plugins.ProxyCache;

/// <summary>The media types whose responses may be kept, with Kong's rules: <c>*</c> for any type or subtype, and the same parameters.</summary>
internal sealed class MediaTypes
{
    private readonly (string Type, string Subtype, HashSet<string> Parameters)[] _expected;

    public MediaTypes(IEnumerable<string> expected) => _expected = [.. expected.Select(Parse)];

    public bool Contain(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return false;
        }

        var (type, subtype, parameters) = Parse(contentType);
        foreach (var expected in _expected)
        {
            if ((expected.Type == "*" || expected.Type == type) && (expected.Subtype == "*" || expected.Subtype == subtype) && expected.Parameters.SetEquals(parameters))
            {
                return true;
            }
        }

        return false;
    }

    private static (string Type, string Subtype, HashSet<string> Parameters) Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var slash = parts.Length == 0 ? -1 : parts[0].IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? (text, string.Empty, [])
            : (parts[0][..slash].ToLowerInvariant(), parts[0][(slash + 1)..].ToLowerInvariant(), [.. parts.Skip(1).Select(Parameter)]);
    }

    // Names ignore case, and charset's values do; a value may stand in quotes.
    private static string Parameter(string text) => text.Replace("\"", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
