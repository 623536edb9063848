using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Comparison;

internal sealed record ResourceChange
{
    public required ChangeAction Action { get; init; }

    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Urn { get; init; }

    /// <summary>Its URN before, where an alias made it another.</summary>
    public string? FormerUrn { get; init; }

    public required bool Protected { get; init; }

    public ImmutableArray<PropertyChange> Properties { get; init; } = [];

    /// <summary>What is lost by it, as the end of a sentence; null for nothing.</summary>
    public string? Loses { get; init; }

    /// <summary>What else should be known of it.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
