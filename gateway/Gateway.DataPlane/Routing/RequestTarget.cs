namespace Gateway.DataPlane.Routing;

/// <summary>Takes a request line's target apart.</summary>
internal static class RequestTarget
{
    /// <summary>The path, without the query, of a target in origin or absolute form; empty where it has none (<c>*</c>, an authority).</summary>
    public static ReadOnlyMemory<char> PathOf(string target)
    {
        var path = target.AsMemory();
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            if (authority < 0)
            {
                return ReadOnlyMemory<char>.Empty;
            }

            var start = target.AsSpan(authority + 3).IndexOfAny('/', '?');
            if (start < 0 || target[authority + 3 + start] == '?')
            {
                return "/".AsMemory();
            }

            path = path[(authority + 3 + start)..];
        }

        var query = path.Span.IndexOf('?');
        return query < 0 ? path : path[..query];
    }

    /// <summary>The host without port and brackets' surroundings, and the port or the scheme's default.</summary>
    public static ReadOnlySpan<char> HostOf(string host, bool isTls, out int port)
    {
        port = isTls ? 443 : 80;
        var colon = host.LastIndexOf(':');
        if (colon < 0 || host.EndsWith(']'))
        {
            return host;
        }

        if (int.TryParse(host.AsSpan(colon + 1), out var named))
        {
            port = named;
        }

        return host.AsSpan(0, colon);
    }
}
