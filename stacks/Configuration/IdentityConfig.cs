using System.Collections.Immutable;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:identity</c>, of the platform.</summary>
internal sealed record IdentityConfig
{
    /// <summary>The sign-in domain: PREFIX.auth.REGION.amazoncognito.com, one of its kind in the region.</summary>
    public required string DomainPrefix { get; init; }

    /// <summary>The resource server's identifier: what precedes the scopes in tokens.</summary>
    public required string ApiIdentifier { get; init; }

    /// <summary>The scopes of the API.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>Where sign-in may return to.</summary>
    public required ImmutableArray<string> CallbackUrls { get; init; }

    /// <summary>Where sign-out may return to.</summary>
    public required ImmutableArray<string> LogoutUrls { get; init; }

    /// <summary>Where administrators reach the console, without a path; the console has no client of its own when not set.</summary>
    public string? ConsoleUrl { get; init; }

    /// <summary>Cognito's checks for compromised passwords and unusual sign-ins, of the plan Plus.</summary>
    public bool ThreatProtection { get; init; } = true;
}
