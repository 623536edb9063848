namespace Gateway.Model.Routing;

/// <summary>What would become of the request.</summary>
/// <param name="MatchedPath">The beginning of the path that the route's path covers; empty where it has none.</param>
/// <param name="Service">Null for a route without one.</param>
/// <param name="Upstream">Where it would go, as a URL with the service's host; null without a service.</param>
/// <param name="Refusal">Why it would be answered by the gateway in spite of the match, such as for plain HTTP where the route takes HTTPS alone; null where it would not.</param>
public sealed record RouteTaken(Guid Route, string MatchedPath, Guid? Service, string? Upstream, string? Refusal);
