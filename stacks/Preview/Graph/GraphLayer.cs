using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>One stack.</summary>
/// <param name="Providers">What manages its resources.</param>
/// <param name="Outside">What it has to do with that no stack creates.</param>
internal sealed record GraphLayer(
    string Stack,
    string Layer,
    int Resources,
    int Outputs,
    ImmutableArray<string> Providers,
    ImmutableArray<GraphComponent> Components,
    ImmutableArray<ExternalSystem> Outside,
    ImmutableArray<GraphReference> References);
