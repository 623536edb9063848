using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies;

/// <summary>One thing that must be true of resources of some types.</summary>
internal sealed record PolicyRule
{
    /// <summary>Speaks, and stays: exceptions name it.</summary>
    public required string Id { get; init; }

    /// <summary>What is true when nothing is found.</summary>
    public required string Title { get; init; }

    public required PolicyArea Area { get; init; }

    public Severity Severity { get; init; } = Severity.Error;

    public required PolicySource Source { get; init; }

    /// <summary>The types of resources it is asked about.</summary>
    public required ImmutableArray<string> Types { get; init; }

    public required Func<Subject, IEnumerable<Violation>> Check { get; init; }
}
