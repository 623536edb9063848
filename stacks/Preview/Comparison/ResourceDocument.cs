using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>A resource of a preview that was read back.</summary>
internal sealed record ResourceDocument
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Urn { get; init; }

    public required ImmutableArray<string> Aliases { get; init; }

    public string? Id { get; init; }

    public string? Parent { get; init; }

    public string? Provider { get; init; }

    public required bool Protect { get; init; }

    public required bool RetainOnDelete { get; init; }

    public required ImmutableArray<string> IgnoreChanges { get; init; }

    public required ImmutableArray<string> ReplaceOnChanges { get; init; }

    public required JsonObject Inputs { get; init; }

    public required ImmutableSortedDictionary<string, string> Secrets { get; init; }

    public string? ParentType => Parent?[..Parent.IndexOf("::", StringComparison.Ordinal)];
}
