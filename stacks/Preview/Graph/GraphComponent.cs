using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>A component, with all that is in it counted by type.</summary>
internal sealed record GraphComponent(string Name, string Kind, int Resources, ImmutableArray<GraphGroup> Groups);
