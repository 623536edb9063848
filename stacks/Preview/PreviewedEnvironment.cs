using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

internal sealed record PreviewedEnvironment(string Environment, ImmutableArray<PreviewedStack> Stacks)
{
    public int Total => Stacks.Sum(stack => stack.Resources.Length);
}
