using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Routing;

/// <summary>
/// Finds a request's route. Hosts lead to trees of paths (prefixes, and regexes by their literal beginning), whose nodes hold candidates by rank: a match costs the lengths of
/// host and path, not the number of routes. Immutable; a change shares all that it does not touch.
/// </summary>
internal sealed class Router
{
    public static readonly Router Empty = new(
        RadixTree<RadixTree<RouteCandidate[]>>.Empty,
        RadixTree<RadixTree<RouteCandidate[]>>.Empty,
        RadixTree<RadixTree<RouteCandidate[]>>.Empty,
        RadixTree<RouteCandidate[]>.Empty);

    private const int MaxHostLength = 255;

    private readonly RadixTree<RadixTree<RouteCandidate[]>> _exactHosts;

    // Keys are reversed, so that *.example.com is a prefix of what is looked up.
    private readonly RadixTree<RadixTree<RouteCandidate[]>> _hostSuffixes;
    private readonly RadixTree<RadixTree<RouteCandidate[]>> _hostPrefixes;
    private readonly RadixTree<RouteCandidate[]> _anyHost;

    private Router(
        RadixTree<RadixTree<RouteCandidate[]>> exactHosts,
        RadixTree<RadixTree<RouteCandidate[]>> hostSuffixes,
        RadixTree<RadixTree<RouteCandidate[]>> hostPrefixes,
        RadixTree<RouteCandidate[]> anyHost)
    {
        _exactHosts = exactHosts;
        _hostSuffixes = hostSuffixes;
        _hostPrefixes = hostPrefixes;
        _anyHost = anyHost;
    }

    /// <summary>The route of highest rank that the request satisfies.</summary>
    public bool TryMatch(in RouteRequest request, out RouteMatch match)
    {
        var best = Find(request, out var matchedLength);
        match = best is null ? default : new RouteMatch(best.Route, matchedLength);
        return best is not null;
    }

    /// <summary>As <see cref="TryMatch"/>: the path of the route, under the host of it, that the request satisfies.</summary>
    public RouteCandidate? Find(in RouteRequest request, out int matchedLength)
    {
        var search = new RouteSearch();
        if (request.Host.Length is > 0 and <= MaxHostLength)
        {
            Span<char> buffer = stackalloc char[MaxHostLength];
            var host = buffer[..request.Host.Length];
            request.Host.ToLowerInvariant(host);
            if (_exactHosts.Find(host) is { } paths)
            {
                search.Visit(paths, request);
            }

            if (!_hostPrefixes.IsEmpty)
            {
                VisitAll(_hostPrefixes, host, request, ref search);
            }

            if (!_hostSuffixes.IsEmpty)
            {
                host.Reverse();
                VisitAll(_hostSuffixes, host, request, ref search);
            }
        }

        search.Visit(_anyHost, request);
        matchedLength = search.MatchedLength;
        return search.Best;
    }

    /// <summary>This router without the candidates of <paramref name="removed"/>, and with those of <paramref name="added"/>.</summary>
    public Router With(IEnumerable<RouteModel> removed, IEnumerable<RouteModel> added)
    {
        var edit = new RouterEdit(_exactHosts, _hostSuffixes, _hostPrefixes, _anyHost);
        foreach (var route in removed)
        {
            edit.Remove(route);
        }

        foreach (var route in added)
        {
            edit.Add(route);
        }

        return new Router(edit.ExactHosts, edit.HostSuffixes, edit.HostPrefixes, edit.AnyHost);
    }

    private static void VisitAll(
        RadixTree<RadixTree<RouteCandidate[]>> hosts, ReadOnlySpan<char> host, in RouteRequest request, ref RouteSearch search)
    {
        for (var node = hosts.Root; node is not null; node = node.Child(host))
        {
            host = host[node.Label.Length..];
            if (node.Value is { } paths)
            {
                search.Visit(paths, request);
            }
        }
    }
}
