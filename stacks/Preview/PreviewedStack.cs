using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <param name="References">The stacks whose outputs it reads.</param>
/// <param name="Outputs">What it hands on, secrets masked.</param>
internal sealed record PreviewedStack(
    string Name,
    string Layer,
    ImmutableArray<PreviewedResource> Resources,
    ImmutableArray<string> References,
    ImmutableSortedDictionary<string, object?> Outputs)
{
    /// <summary>Stands for an output that depends on what a provider has yet to compute.</summary>
    public const string Unknown = "[unknown]";

    /// <summary>Which of the outputs that it reads arrive in its resources, by the stack that exports them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Used { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}
