namespace Gateway.DataPlane.Balancing;

/// <param name="Addresses">At least one.</param>
/// <param name="Life">How long the answer holds.</param>
internal sealed record TargetLookup(IReadOnlyList<TargetAddress> Addresses, TimeSpan Life);
