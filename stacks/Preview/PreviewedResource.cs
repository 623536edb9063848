using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <summary>A resource as a program asks for it.</summary>
internal sealed record PreviewedResource
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>The name by which the engine knows it.</summary>
    public required string Urn { get; init; }

    /// <summary>The URNs by which the engine may have known it before.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>What a provider would call it; null for a component.</summary>
    public required string? Id { get; init; }

    /// <summary>Type and name of the component that it is part of; null at the top.</summary>
    public required string? Parent { get; init; }

    /// <summary>The name of the provider resource that manages it; null for a component, and for the stack's default provider.</summary>
    public required string? Provider { get; init; }

    public required bool Protect { get; init; }

    public required bool RetainOnDelete { get; init; }

    public required ImmutableArray<string> IgnoreChanges { get; init; }

    public required ImmutableArray<string> ReplaceOnChanges { get; init; }

    /// <summary>What is known of the arguments, secrets masked.</summary>
    public required ImmutableSortedDictionary<string, object?> Inputs { get; init; }

    /// <summary>The arguments that depend on what a provider has yet to compute; empty when run as for an update.</summary>
    public required ImmutableArray<string> Unknown { get; init; }

    /// <summary>By path of a masked text, a digest of the stand-in for it: it shows that a secret changes, and nothing else.</summary>
    public required ImmutableSortedDictionary<string, string> Secrets { get; init; }

    public string Key => $"{Type}::{Name}";
}
