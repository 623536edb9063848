using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Routing;

/// <summary>One batch of changes to a router's trees.</summary>
internal sealed class RouterEdit(
    RadixTree<RadixTree<RouteCandidate[]>> exactHosts,
    RadixTree<RadixTree<RouteCandidate[]>> hostSuffixes,
    RadixTree<RadixTree<RouteCandidate[]>> hostPrefixes,
    RadixTree<RouteCandidate[]> anyHost)
{
    private readonly RadixEdit _edit = new();

    public RadixTree<RadixTree<RouteCandidate[]>> ExactHosts { get; private set; } = exactHosts;

    public RadixTree<RadixTree<RouteCandidate[]>> HostSuffixes { get; private set; } = hostSuffixes;

    public RadixTree<RadixTree<RouteCandidate[]>> HostPrefixes { get; private set; } = hostPrefixes;

    public RadixTree<RouteCandidate[]> AnyHost { get; private set; } = anyHost;

    public void Add(RouteModel route) => ForEach(route, static (candidates, candidate) => Insert(candidates ?? [], candidate));

    public void Remove(RouteModel route) => ForEach(route, static (candidates, candidate) => Without(candidates ?? [], candidate));

    private void ForEach(RouteModel route, Func<RouteCandidate[]?, RouteCandidate, RouteCandidate[]?> change)
    {
        var criteria = route.Criteria;
        if (criteria.Hosts is null)
        {
            AnyHost = ForEachPath(AnyHost, route, 0, change);
            return;
        }

        foreach (var host in criteria.Hosts)
        {
            switch (host.Kind)
            {
                case HostKind.Exact:
                    ExactHosts = WithHost(ExactHosts, host.Text, route, host.Port, change);
                    break;
                case HostKind.Suffix:
                    var reversed = host.Text.ToCharArray();
                    Array.Reverse(reversed);
                    HostSuffixes = WithHost(HostSuffixes, reversed, route, host.Port, change);
                    break;
                default:
                    HostPrefixes = WithHost(HostPrefixes, host.Text, route, host.Port, change);
                    break;
            }
        }
    }

    private RadixTree<RadixTree<RouteCandidate[]>> WithHost(
        RadixTree<RadixTree<RouteCandidate[]>> hosts,
        ReadOnlySpan<char> host,
        RouteModel route,
        int port,
        Func<RouteCandidate[]?, RouteCandidate, RouteCandidate[]?> change) =>
        hosts.With(host, _edit, (Edit: this, route, port, change), static (paths, state) =>
        {
            var changed = state.Edit.ForEachPath(paths ?? RadixTree<RouteCandidate[]>.Empty, state.route, state.port, state.change);
            return changed.IsEmpty ? null : changed;
        });

    private RadixTree<RouteCandidate[]> ForEachPath(
        RadixTree<RouteCandidate[]> paths, RouteModel route, int port, Func<RouteCandidate[]?, RouteCandidate, RouteCandidate[]?> change)
    {
        var criteria = route.Criteria;
        if (criteria.Paths is null)
        {
            return paths.With(string.Empty, _edit, Candidate(route, path: null, 0, port), change);
        }

        for (var i = 0; i < criteria.Paths.Length; i++)
        {
            paths = paths.With(criteria.Paths[i].TreeKey, _edit, Candidate(route, criteria.Paths[i], i, port), change);
        }

        return paths;
    }

    private static RouteCandidate Candidate(RouteModel route, PathCriterion? path, int index, int port)
    {
        var criteria = route.Criteria;
        var prefixLength = path is { Pattern: null } ? path.Prefix.Length : 0;
        return new RouteCandidate
        {
            Route = route,
            Port = port,
            PrefixLength = prefixLength,
            Pattern = path?.Pattern,
            Rank = new RouteRank(
                criteria.Kinds,
                criteria.HasPlainHostsOnly,
                criteria.Headers?.Length ?? 0,
                path?.Pattern is not null,
                criteria.RegexPriority,
                prefixLength,
                route.Id,
                index),
        };
    }

    private static RouteCandidate[] Insert(RouteCandidate[] candidates, RouteCandidate added)
    {
        var at = 0;
        while (at < candidates.Length && candidates[at].Rank.Outranks(added.Rank))
        {
            at++;
        }

        return [.. candidates.AsSpan(0, at), added, .. candidates.AsSpan(at)];
    }

    private static RouteCandidate[]? Without(RouteCandidate[] candidates, RouteCandidate removed)
    {
        var kept = Array.FindAll(candidates, candidate => candidate.Route.Id != removed.Route.Id);
        return kept.Length == 0 ? null : kept;
    }
}
