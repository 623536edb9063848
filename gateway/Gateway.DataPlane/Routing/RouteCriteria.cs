namespace Gateway.DataPlane.Routing;

/// <summary>A route's conditions, compiled. Null stands for no condition.</summary>
internal sealed record RouteCriteria(
    string[]? Methods, HostCriterion[]? Hosts, PathCriterion[]? Paths, HeaderCriterion[]? Headers, string[]? Snis, int RegexPriority)
{
    public int Kinds => Count(Methods) + Count(Hosts) + Count(Paths) + Count(Headers) + Count(Snis);

    public bool HasPlainHostsOnly => Hosts is not null && Array.TrueForAll(Hosts, host => host.Kind == HostKind.Exact);

    private static int Count(Array? values) => values is null ? 0 : 1;
}
