namespace Gateway.Model.Entities;

/// <summary>A certificate with its private key: what a listener presents for its <see cref="Sni"/>s, or what the gateway presents to a service.</summary>
public sealed record Certificate : Entity
{
    /// <summary>PEM: the leaf, then what issued it, if anything.</summary>
    public required string Cert { get; init; }

    /// <summary>PEM, not encrypted: the leaf's private key.</summary>
    public required string Key { get; init; }

    /// <summary>The same name under a key of the other kind (RSA or elliptic curve), for clients that read only that.</summary>
    public string? CertAlt { get; init; }

    /// <inheritdoc cref="Key"/>
    public string? KeyAlt { get; init; }
}
