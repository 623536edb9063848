namespace Gateway.ControlPlane.Access;

/// <summary>Who may use the Admin API.</summary>
public sealed record AccessOptions
{
    /// <summary>False only where every listener of the Admin API is bound to loopback. A credential that is shown is checked in any case.</summary>
    public bool Required { get; init; }

    /// <summary>The first administrator's token, at least <see cref="ShortestAdminToken"/> characters; null for none. A secret.</summary>
    public string? AdminToken { get; init; }

    /// <summary>The file that <see cref="AdminToken"/> came from, read again when it changes; null where it did not come from one.</summary>
    public string? AdminTokenFile { get; init; }

    /// <summary>Whose bearer tokens are taken beside our own; null for nobody's.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>How long the audit log is kept.</summary>
    public TimeSpan AuditRetention { get; init; } = TimeSpan.FromDays(365);

    /// <summary>After so many failures within <see cref="FailureWindow"/> an address is told to wait.</summary>
    public int FailureLimit { get; init; } = 10;

    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Characters: 32 random ones of hexadecimal are 128 bits.</summary>
    public const int ShortestAdminToken = 32;

    // The generated one would print the token.
    public override string ToString() => $"access: required {Required}, OIDC {Oidc?.Issuer.ToString() ?? "off"}";
}
