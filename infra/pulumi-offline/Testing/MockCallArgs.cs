using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A function call.</summary>
public class MockCallArgs
{
    public string? Token { get; set; }

    /// <summary>The arguments by schema name; numbers are doubles.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    /// <summary>The provider as <c>urn::id</c>, or empty for the default one.</summary>
    public string? Provider { get; set; }
}
