using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Dns;

/// <summary>What a lookup found.</summary>
/// <param name="Addresses">Empty where nothing was found.</param>
/// <param name="Life">How long it holds; null where nobody said.</param>
/// <param name="Problem">Null where something was found.</param>
/// <param name="IsCertain">False where there was no answer at all, which says nothing about the name.</param>
internal sealed record NameAnswer(IReadOnlyList<TargetAddress> Addresses, TimeSpan? Life, string? Problem = null, bool IsCertain = true);
