using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>An environment as it is drawn: what is shown, not where.</summary>
internal sealed record GraphModel(string Environment, int Resources, ImmutableArray<GraphLayer> Layers);
