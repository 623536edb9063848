using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <param name="Parent">Type and name of the component that it is part of; null at the top.</param>
/// <param name="Inputs">What is known of the arguments, secrets masked.</param>
internal sealed record PreviewedResource(string Type, string Name, string? Parent, bool Protect, ImmutableSortedDictionary<string, object?> Inputs)
{
    public string Key => $"{Type}::{Name}";
}
