using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Routing;

/// <summary>The route of a request, and how much of the request's path it covers.</summary>
internal readonly record struct RouteMatch(RouteModel Route, int MatchedLength);
