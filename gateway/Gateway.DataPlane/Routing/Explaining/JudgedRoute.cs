using Gateway.DataPlane.Model;
using Gateway.Model.Routing;

namespace Gateway.DataPlane.Routing.Explaining;

/// <summary>A route and what a request meets of it.</summary>
internal sealed class JudgedRoute
{
    private static readonly RouteCriteria Nothing = new(Methods: null, Hosts: null, Paths: null, Headers: null, Snis: null, RegexPriority: 0);

    private readonly RouteModel _route;

    // Null where it does not match.
    private readonly RouteCandidate? _match;
    private readonly List<string> _matched = [];
    private readonly List<string> _failed = [];

    private JudgedRoute(RouteModel route, RouteCandidate? match) => (_route, _match) = (route, match);

    /// <summary>Null where the request meets none of the route's criteria.</summary>
    /// <param name="excluded">Why the router does not know the route; null where it does.</param>
    public static JudgedRoute? Of(RouteModel route, string? excluded, in RouteRequest request)
    {
        var judged = new JudgedRoute(route, excluded is null ? Match(route, route.Criteria, request) : null);
        judged.Judge(request);
        if (excluded is not null)
        {
            judged._failed.Add(excluded);
        }

        return judged._matched.Count > 0 ? judged : null;
    }

    public RouteCandidateReport Report(RouteCandidate? winner) => new(
        _route.Id,
        _route.Entity.Name,
        _matched,
        _failed,
        _match is null || winner is null || ReferenceEquals(winner.Route, _route) ? null : winner.Rank.ReasonOver(_match.Rank));

    /// <summary>Those that match come first, by rank; then those that fail by the fewest criteria.</summary>
    public static int Compare(JudgedRoute left, JudgedRoute right)
    {
        if (left._match is not null && right._match is not null)
        {
            return ReferenceEquals(left, right) ? 0 : left._match.Rank.Outranks(right._match.Rank) ? -1 : 1;
        }

        var byMatch = (left._match is null).CompareTo(right._match is null);
        var byFailures = byMatch != 0 ? byMatch : left._failed.Count.CompareTo(right._failed.Count);
        var byMatched = byFailures != 0 ? byFailures : right._matched.Count.CompareTo(left._matched.Count);
        return byMatched != 0 ? byMatched : left._route.Id.CompareTo(right._route.Id);
    }

    private void Judge(in RouteRequest request)
    {
        var (entity, criteria) = (_route.Entity, _route.Criteria);
        if (criteria.Methods is not null)
        {
            Note(Nothing with { Methods = criteria.Methods }, request, "method", $"method {request.Method} is none of {List(criteria.Methods)}");
        }

        if (criteria.Hosts is not null)
        {
            Note(Nothing with { Hosts = criteria.Hosts }, request, "host", $"host {(request.Host.IsEmpty ? "(none)" : request.Host.ToString())} at port {request.Port} is none of {List(entity.Hosts!)}");
        }

        if (criteria.Paths is not null)
        {
            Note(Nothing with { Paths = criteria.Paths }, request, "path", $"path {request.Path} begins with none of {List(entity.Paths!)}");
        }

        if (criteria.Snis is not null)
        {
            Note(Nothing with { Snis = criteria.Snis }, request, "sni", $"server name {request.Sni ?? "(none)"} is none of {List(criteria.Snis)}");
        }

        foreach (var header in criteria.Headers ?? [])
        {
            var values = request.Headers!.TryGetValue(header.Name, out var given) ? given.ToString() : "(none)";
            Note(Nothing with { Headers = [header] }, request, $"header {header.Name}", $"header {header.Name} is {values}, none of {List(entity.Headers![header.Name])}");
        }
    }

    private void Note(RouteCriteria criterion, in RouteRequest request, string name, string problem)
    {
        if (Match(_route, criterion, request) is not null)
        {
            _matched.Add(name);
        }
        else
        {
            _failed.Add(problem);
        }
    }

    private static RouteCandidate? Match(RouteModel route, RouteCriteria criteria, in RouteRequest request) =>
        Router.Empty.With([], [new RouteModel(route.Entity, criteria)]).Find(request, out _);

    private static string List(IReadOnlyList<string> values) => string.Join(", ", values);
}
