namespace Gateway.Model.Routing;

/// <summary>A route that matches, or that meets some of its criteria.</summary>
/// <param name="Matched">What the request meets: <c>host</c>, <c>method</c>, <c>path</c>, <c>sni</c>, <c>header x-name</c>.</param>
/// <param name="Failed">Why it does not match, a sentence for each criterion; empty where it does.</param>
/// <param name="Behind">Of one that matches but is not taken: what the taken one has over it.</param>
public sealed record RouteCandidateReport(Guid Id, string? Name, IReadOnlyList<string> Matched, IReadOnlyList<string> Failed, string? Behind);
