namespace Gateway.ControlPlane.Store.Schema;

internal sealed class EnrollmentTokenRow
{
    public Guid Id { get; set; }
    public required string Site { get; set; }

    /// <summary>SHA-256 of 32 random bytes: there is nothing to guess, so no slow hash is needed.</summary>
    public required byte[] SecretHash { get; set; }
    public required string Principal { get; set; }

    /// <summary>Unix time in whole seconds.</summary>
    public long CreatedAt { get; set; }
    public long ExpiresAt { get; set; }

    /// <summary>Null while it is unused.</summary>
    public long? UsedAt { get; set; }

    /// <summary>The address that used it.</summary>
    public string? UsedBy { get; set; }

    /// <summary>What it was exchanged for.</summary>
    public string? SerialNumber { get; set; }
}
