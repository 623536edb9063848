namespace Gateway.ControlPlane.Store.Schema;

/// <summary>What one transaction did to one entity. The bytes are a <see cref="Sealing.SealedDocument"/>.</summary>
internal sealed class ChangeRow
{
    public long Revision { get; set; }
    public int Ordinal { get; set; }
    public required string Kind { get; set; }
    public Guid EntityId { get; set; }

    /// <summary>Null where the entity was created.</summary>
    public byte[]? Before { get; set; }

    /// <summary>Null where the entity was deleted.</summary>
    public byte[]? After { get; set; }
}
