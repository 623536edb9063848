namespace Gateway.Model.Entities;

/// <inheritdoc cref="EntityKinds.CredentialHashKeys"/>
public sealed record CredentialHashKey : Entity
{
    /// <summary>32 random bytes, Base64.</summary>
    public required string Secret { get; init; }
}
