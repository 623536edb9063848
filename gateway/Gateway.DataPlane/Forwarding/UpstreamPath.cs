using Gateway.DataPlane.Model;
using Gateway.DataPlane.Routing;

namespace Gateway.DataPlane.Forwarding;

/// <summary>The path that an upstream sees, after Kong's two ways to join a service's path and a request's.</summary>
internal static class UpstreamPath
{
    /// <param name="path">The request's path in normal form.</param>
    /// <param name="matchedLength">How much of it the route's path covers, 0 where the route has none.</param>
    public static string Build(string servicePath, RouteModel route, ReadOnlySpan<char> path, int matchedLength)
    {
        var strip = route.Entity.StripPath;
        var rest = Sanitize(strip && route.Criteria.Paths is not null ? path[matchedLength..] : path.Length > 0 ? path[1..] : path);
        var joined = route.UsesPathHandlingV1
            ? JoinV1(servicePath, strip, path, rest)
            : JoinV0(servicePath, strip, path, rest);
        return RequestPath.Escape(joined);
    }

    // Joined with exactly one slash; a trailing slash of the request is kept.
    private static string JoinV0(string servicePath, bool strip, ReadOnlySpan<char> path, ReadOnlySpan<char> rest)
    {
        var endsWithSlash = servicePath.EndsWith('/');
        if (!strip)
        {
            return endsWithSlash
                ? string.Concat(servicePath, path.Length > 0 ? path[1..] : path)
                : path is "/" ? servicePath : string.Concat(servicePath, path);
        }

        if (rest.IsEmpty)
        {
            if (servicePath is "/")
            {
                return servicePath;
            }

            var requestEndsWithSlash = path.Length > 1 && path[^1] == '/';
            return (endsWithSlash, requestEndsWithSlash) switch
            {
                (true, false) => servicePath[..^1],
                (false, true) => servicePath + "/",
                _ => servicePath,
            };
        }

        return (endsWithSlash, rest[0] == '/') switch
        {
            (true, true) => string.Concat(servicePath.AsSpan(0, servicePath.Length - 1), rest),
            (false, false) => string.Concat(servicePath, "/", rest),
            _ => string.Concat(servicePath, rest),
        };
    }

    // Joined as they are.
    private static string JoinV1(string servicePath, bool strip, ReadOnlySpan<char> path, ReadOnlySpan<char> rest)
    {
        if (!strip)
        {
            return string.Concat(servicePath, path.Length > 0 ? path[1..] : path);
        }

        return servicePath.EndsWith('/') && rest.StartsWith("/", StringComparison.Ordinal)
            ? string.Concat(servicePath.AsSpan(0, servicePath.Length - 1), rest)
            : string.Concat(servicePath, rest);
    }

    // A prefix that ends within a segment may leave a dot segment behind, which must not climb out of the service's path.
    private static ReadOnlySpan<char> Sanitize(ReadOnlySpan<char> rest)
    {
        if (rest is "." or "..")
        {
            return [];
        }

        if (rest.StartsWith("./", StringComparison.Ordinal))
        {
            return rest[2..];
        }

        return rest.StartsWith("../", StringComparison.Ordinal) ? rest[3..] : rest;
    }
}
