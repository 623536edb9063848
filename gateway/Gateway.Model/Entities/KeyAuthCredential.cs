namespace Gateway.Model.Entities;

/// <summary>
/// A consumer's API key. Administrators write <see cref="Key"/>; what is published carries <see cref="KeyHash"/> in its place.
/// </summary>
public sealed record KeyAuthCredential : Entity
{
    /// <summary>The secret itself. Never published, never stored but as ciphertext.</summary>
    public string? Key { get; init; }

    /// <summary>HMAC-SHA-256 of the key under the published credential hash key, as lower-case hexadecimal.</summary>
    public string? KeyHash { get; init; }
    public required EntityReference Consumer { get; init; }

    /// <summary>Seconds after <see cref="Entity.CreatedAt"/> at which the credential ends, 0 for never.</summary>
    public long? Ttl { get; init; }
}
