namespace Gateway.ControlPlane.Store.Schema;

internal sealed class AccessTokenRow
{
    public Guid Id { get; set; }
    public required string Name { get; set; }
    public required string Role { get; set; }

    /// <summary>A JSON array; empty for no limit.</summary>
    public required string Tags { get; set; }

    /// <summary>The token's first characters.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] SecretHash { get; set; }
    public required string CreatedBy { get; set; }

    /// <summary>Unix time in whole seconds.</summary>
    public long CreatedAt { get; set; }
    public long ExpiresAt { get; set; }

    /// <summary>Null while it was not used.</summary>
    public long? LastUsedAt { get; set; }
}
