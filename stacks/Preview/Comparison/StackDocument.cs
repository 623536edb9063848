using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>A stack of a preview that was read back.</summary>
internal sealed record StackDocument
{
    public required string Name { get; init; }

    public required string Layer { get; init; }

    public required ImmutableArray<ResourceDocument> Resources { get; init; }

    public required JsonObject Outputs { get; init; }
}
