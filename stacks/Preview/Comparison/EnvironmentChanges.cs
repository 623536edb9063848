using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>What bringing up one state of the repository after another would do to an environment.</summary>
/// <param name="From">What it was compared with: the reference as given, and its commit.</param>
/// <param name="Stacks">Those with a change, in the order in which they are brought up.</param>
internal sealed record EnvironmentChanges(string Environment, string From, string Commit, ImmutableArray<StackChanges> Stacks)
{
    /// <summary>Of every stack, what destroys something that holds data.</summary>
    public IEnumerable<(StackChanges Stack, ResourceChange Change)> Destroyed =>
        Stacks.SelectMany(stack => stack.Resources.Where(change => change.Loses is not null).Select(change => (stack, change)));

    public bool IsEmpty => Stacks.IsEmpty;

    public int Count(ChangeAction action) => Stacks.Sum(stack => stack.Resources.Count(change => change.Action == action));
}
