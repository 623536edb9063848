namespace Gateway.DataPlane.Balancing;

/// <summary>What is known of a target's name.</summary>
/// <param name="Addresses">Empty where the name does not resolve, and did not before.</param>
/// <param name="RefreshAt">Timestamp from which on it wants to be resolved again.</param>
/// <param name="Problem">Why the last attempt failed, null where it did not.</param>
internal sealed record TargetResolution(IReadOnlyList<TargetAddress> Addresses, long RefreshAt, string? Problem);
