namespace Gateway.Model.Entities;

/// <summary>A certificate authority that the gateway is to trust where something names it.</summary>
public sealed record CaCertificate : Entity
{
    /// <summary>PEM: one certificate.</summary>
    public required string Cert { get; init; }

    /// <summary>SHA-256 of the certificate, lower-case hexadecimal.</summary>
    public string? CertDigest { get; init; }
}
