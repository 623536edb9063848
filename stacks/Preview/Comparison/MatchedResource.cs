using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>A resource that is there before and after, and what is known of its change so far.</summary>
internal sealed class MatchedResource(string stack, ResourceDocument before, ResourceDocument after)
{
    public string Stack { get; } = stack;

    public ResourceDocument Before { get; } = before;

    public ResourceDocument After { get; } = after;

    public ImmutableArray<PropertyChange> Properties { get; private set; } = ReplacementRules.Apply(after, PropertyComparison.Of(before, after));

    /// <summary>What replaces it beside its own properties.</summary>
    public ImmutableArray<string> Causes { get; private set; } = [];

    public bool IsReplaced => !Causes.IsEmpty || Properties.Any(property => property.Replaces);

    public bool IsChanged => IsReplaced || !Properties.IsEmpty;

    public void ReplaceBecause(string cause) => Causes = Causes.Add(cause);

    /// <summary>A property follows what another resource will be called.</summary>
    public void Follow(PropertyChange change)
    {
        if (Properties.Any(known => string.Equals(known.Path, change.Path, StringComparison.Ordinal)) || After.IgnoreChanges.Any(ignored => PropertyComparison.IsAtOrIn(change.Path, ignored)))
        {
            return;
        }

        Properties = [.. Properties.AddRange(ReplacementRules.Apply(After, [change])).OrderBy(property => property.Path, StringComparer.Ordinal)];
    }
}
