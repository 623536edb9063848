using System.Collections.Immutable;

namespace Hybrid.Infra.Anywhere;

/// <summary>So many machines of one kind.</summary>
public sealed record AnywhereMachines
{
    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>The spec of the provider's machine object, in the provider's own words, as EKS Anywhere documents it; none with Docker.</summary>
    public ImmutableDictionary<string, object> Machine { get; init; } = ImmutableDictionary<string, object>.Empty;
}
