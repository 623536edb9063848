namespace Gateway.Tunnel.Telemetry;

/// <summary>Folds cumulative points into per-minute series.</summary>
public interface ITelemetryStore
{
    /// <summary>
    /// Adds to each series what its point gained over the last one seen from the same stream, and remembers the point, in one transaction. A point that is
    /// not newer than the one remembered adds nothing, so an export may be repeated, and may reach another replica.
    /// </summary>
    Task<FoldOutcome> FoldAsync(IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken);
}
