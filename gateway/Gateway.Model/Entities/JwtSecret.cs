namespace Gateway.Model.Entities;

/// <summary>What a consumer's JSON Web Tokens are verified with.</summary>
public sealed record JwtSecret : Entity
{
    /// <summary>Identifies the credential: a token holds it in the claim that the plugin names, <c>iss</c> by default.</summary>
    public required string Key { get; init; }

    /// <summary>Of the algorithms HS256, HS384 and HS512.</summary>
    public string? Secret { get; init; }

    /// <summary>PEM, of all other algorithms, in spite of its name.</summary>
    public string? RsaPublicKey { get; init; }
    public string Algorithm { get; init; } = "HS256";
    public required EntityReference Consumer { get; init; }
}
