using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Pipeline;

/// <summary>What the groups of a route's path expression matched. Found again when someone asks, so that routing need not keep it.</summary>
internal static class UriCaptures
{
    public static string? Find(RouteModel route, ReadOnlyMemory<char> path, int matchedLength, string group)
    {
        if (matchedLength == 0 || route.Criteria.Paths is not { } paths)
        {
            return null;
        }

        foreach (var candidate in paths)
        {
            if (candidate.Pattern is { } pattern && pattern.Match(path.Span) == matchedLength)
            {
                return pattern.Capture(path.ToString(), group);
            }
        }

        return null;
    }
}
