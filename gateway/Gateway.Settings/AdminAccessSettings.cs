namespace Gateway.Settings;

/// <summary>Who may use the Admin API.</summary>
public sealed record AdminAccessSettings
{
    /// <summary>Whether callers must authenticate.</summary>
    public required bool Required { get; init; }

    /// <summary>A secret; null where none is given.</summary>
    public string? Token { get; init; }

    /// <summary>The file that <see cref="Token"/> was read from: read again when it changes. Null where it did not come from one.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Null where no provider's tokens are taken; <see cref="Audience"/> is set with it.</summary>
    public Uri? Issuer { get; init; }
    public string? Audience { get; init; }
    public required IReadOnlyList<RoleMapping> Roles { get; init; }
    public required string RolesClaim { get; init; }
    public required string NameClaim { get; init; }
    public required TimeSpan AuditRetention { get; init; }

    // The generated one would print the token.
    public override string ToString() => $"access: required {Required}, OIDC {Issuer?.ToString() ?? "off"}";
}
