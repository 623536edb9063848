using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

internal sealed record PreviewedEnvironment(string Environment, PreviewMode Mode, ImmutableArray<PreviewedStack> Stacks)
{
    public int Total => Stacks.Sum(stack => stack.Resources.Length);

    /// <summary>How many resources there are of each type.</summary>
    public ImmutableSortedDictionary<string, int> Counts => Stacks
        .SelectMany(stack => stack.Resources)
        .CountBy(resource => resource.Type, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(StringComparer.Ordinal);
}
