namespace Hybrid.Infra.Anywhere;

/// <summary>A registry inside the site that the machines pull from in place of the public ones.</summary>
public sealed record RegistryMirror
{
    /// <summary>The host, without a scheme.</summary>
    public required string Endpoint { get; init; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; init; } = 443;

    /// <summary>PEM of the CA that issued its certificate; the system's own CAs when null.</summary>
    public string? CaCertificate { get; init; }
}
