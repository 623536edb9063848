namespace Gateway.Model.Entities;

/// <summary>A key that signs or verifies tokens: either <see cref="Jwk"/> or <see cref="Pem"/> is set.</summary>
public sealed record Key : Entity
{
    /// <summary>What tokens call it; unique within its set.</summary>
    public required string Kid { get; init; }
    public string? Name { get; init; }

    /// <summary>A JSON Web Key (RFC 7517) as a text.</summary>
    public string? Jwk { get; init; }
    public KeyPem? Pem { get; init; }
    public EntityReference? Set { get; init; }
}
