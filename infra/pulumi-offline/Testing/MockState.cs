using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>What is known of a resource after its registration; properties are wire values.</summary>
internal sealed record MockState(string Urn, string? Id, ImmutableDictionary<string, object?> Properties);
