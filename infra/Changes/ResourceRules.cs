using System.Collections.Immutable;

namespace Hybrid.Infra.Changes;

/// <summary>What a change of a resource does.</summary>
/// <param name="Type">The provider's token.</param>
/// <param name="Source">Where the provider says so.</param>
/// <param name="ReplacedBy">The properties that cannot be changed in place. What is not listed is updated.</param>
public sealed record ResourceRules(string Type, string Source, ImmutableArray<ReplaceRule> ReplacedBy)
{
    /// <summary>What is lost with the resource, as the end of a sentence; null where another one is as good.</summary>
    public string? Loses { get; init; }

    /// <summary>Which resources of the type <see cref="Loses"/> is true of, by their name and their component's type. Default: all.</summary>
    public Func<string, string?, bool> HoldsData { get; init; } = (_, _) => true;

    /// <summary>Exists once for all regions, so that it outlives a change of the provider's.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>What is lost with this resource; null for none.</summary>
    /// <param name="parentType">The type of the component that it is part of.</param>
    public string? LossOf(string name, string? parentType) => Loses is not null && HoldsData(name, parentType) ? Loses : null;
}
