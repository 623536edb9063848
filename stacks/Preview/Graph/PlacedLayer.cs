using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>A layer with its place, and those of all that is in it and beside it.</summary>
internal sealed record PlacedLayer(
    GraphLayer Layer,
    double Y,
    double Height,
    ImmutableArray<PlacedBox<GraphComponent>> Components,
    ImmutableArray<PlacedBox<ExternalSystem>> Outside,
    ImmutableArray<PlacedBox<GraphReference>> References);
