using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Comparison;

/// <param name="Resources">Those that change, by name.</param>
/// <param name="Outputs">What it hands on otherwise than before; the path is the output's name.</param>
internal sealed record StackChanges(string Name, string Layer, ImmutableArray<ResourceChange> Resources, ImmutableArray<PropertyChange> Outputs);
