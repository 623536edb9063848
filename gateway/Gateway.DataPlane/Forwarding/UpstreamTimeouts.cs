namespace Gateway.DataPlane.Forwarding;

/// <summary>A service's limits.</summary>
/// <param name="Connect">For the connection, TLS included.</param>
/// <param name="Write">Between two successful writes of the request.</param>
/// <param name="Read">Between two successful reads of the response, the first included.</param>
public sealed record UpstreamTimeouts(TimeSpan Connect, TimeSpan Write, TimeSpan Read);
