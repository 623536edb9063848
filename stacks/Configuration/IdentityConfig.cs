using System.Collections.Immutable;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:identity</c>, of the platform.</summary>
internal sealed record IdentityConfig
{
    public required string DomainPrefix { get; init; }

    public required string ApiIdentifier { get; init; }

    public required ImmutableArray<string> Scopes { get; init; }

    public required ImmutableArray<string> CallbackUrls { get; init; }

    public required ImmutableArray<string> LogoutUrls { get; init; }

    public bool ThreatProtection { get; init; } = true;
}
