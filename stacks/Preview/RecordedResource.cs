using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <summary>One registration, as the engine saw it.</summary>
/// <param name="Provider">As <c>urn::id</c>, or empty.</param>
internal sealed record RecordedResource(string Type, string Name, string? Id, string? Provider, ImmutableDictionary<string, object> Inputs)
{
    public string Key => $"{Type}::{Name}";

    /// <summary>The provider resource's own name; null without one.</summary>
    public string? ProviderName => string.IsNullOrEmpty(Provider) ? null : Provider.Split("::")[3];
}
