namespace Gateway.Model.Routing;

/// <summary>Which route takes a request, and what became of the others.</summary>
/// <param name="Path">The request's path as routes see it: decoded, without dot segments.</param>
/// <param name="Taken">Null where no route takes the request; otherwise the first of <paramref name="Candidates"/>.</param>
/// <param name="Candidates">
/// Those that match, in the order in which they would be taken; then those that fail, fewest reasons first. Routes that meet none of their own criteria are left out.
/// </param>
/// <param name="Left">How many candidates there are besides those named.</param>
/// <param name="Routes">How many routes were looked at.</param>
public sealed record RouteExplanation(string Path, RouteTaken? Taken, IReadOnlyList<RouteCandidateReport> Candidates, int Left, int Routes);
