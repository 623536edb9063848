namespace Gateway.Plugins.OpenTelemetry;

/// <summary>A request's part in a trace.</summary>
/// <param name="Trace">With the request's own span.</param>
/// <param name="Parent">The caller's span; 0 for none.</param>
/// <param name="Upstream">The span of the way to the upstream, which upstreams know.</param>
internal sealed record RequestTrace(TraceContext Trace, ulong Parent, ulong Upstream, bool IsSampled);
