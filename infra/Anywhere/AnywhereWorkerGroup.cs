using System.Collections.Immutable;

namespace Hybrid.Infra.Anywhere;

/// <summary>Machines that carry pods.</summary>
public sealed record AnywhereWorkerGroup
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>The spec of the provider's machine object, in the provider's own words, as EKS Anywhere documents it; none with Docker.</summary>
    public ImmutableDictionary<string, object> Machine { get; init; } = ImmutableDictionary<string, object>.Empty;
}
