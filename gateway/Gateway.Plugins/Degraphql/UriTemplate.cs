namespace Gateway.Plugins.Degraphql;

/// <summary>A path of segments, some of which are variables: <c>/people/:id/films</c>.</summary>
internal sealed class UriTemplate
{
    // Null for a variable.
    private readonly string?[] _literals;
    private readonly string[] _variables;

    public UriTemplate(string uri)
    {
        var segments = uri[1..].Split('/');
        _literals = Array.ConvertAll(segments, segment => IsVariable(segment) ? null : segment);
        _variables = [.. segments.Where(IsVariable).Select(segment => segment[1..])];
    }

    public IReadOnlyList<string> Variables => _variables;

    /// <param name="path">In normal form, with a leading slash.</param>
    /// <param name="values">Of <see cref="Variables"/>, decoded, none of them empty.</param>
    public bool TryMatch(ReadOnlySpan<char> path, out string[] values)
    {
        values = [];
        if (path.IsEmpty || path[0] != '/' || path.Count('/') != _literals.Length)
        {
            return false;
        }

        // Looked at before anything is made: most requests try routes that are not theirs.
        var rest = path[1..];
        foreach (var literal in _literals)
        {
            var segment = Next(ref rest);
            if (literal is null ? segment.IsEmpty : !segment.SequenceEqual(literal))
            {
                return false;
            }
        }

        if (_variables.Length == 0)
        {
            return true;
        }

        values = new string[_variables.Length];
        var count = 0;
        rest = path[1..];
        foreach (var literal in _literals)
        {
            var segment = Next(ref rest);
            if (literal is null)
            {
                values[count++] = Uri.UnescapeDataString(segment);
            }
        }

        return true;
    }

    private static bool IsVariable(string segment) => segment.StartsWith(':');

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? default : rest[(slash + 1)..];
        return segment;
    }
}
