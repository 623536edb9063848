using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A resource that is registered or read.</summary>
public class MockResourceArgs
{
    public string? Type { get; set; }

    public string? Name { get; set; }

    /// <summary>What is known of the inputs, by schema name; numbers are doubles.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    /// <summary>The provider as <c>urn::id</c>, or empty for the default one.</summary>
    public string? Provider { get; set; }

    /// <summary>The id of a resource that is read or imported, or empty.</summary>
    public string? Id { get; set; }
}
