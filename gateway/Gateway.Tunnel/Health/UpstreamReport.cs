namespace Gateway.Tunnel.Health;

/// <param name="UsesChecks">Whether anything is checked at all; otherwise every address is healthy.</param>
/// <param name="IsAvailable">Whether requests are served: false below the upstream's threshold.</param>
public sealed record UpstreamReport(Guid Upstream, bool UsesChecks, bool IsAvailable, IReadOnlyList<TargetReport> Targets);
