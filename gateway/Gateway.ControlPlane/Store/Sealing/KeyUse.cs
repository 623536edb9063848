namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>How much of the database is sealed under one key.</summary>
/// <param name="KeyId">Null for what is sealed under keys that the ring lacks: nobody can open it with this ring.</param>
/// <param name="Active">Whether it is the key that seals.</param>
/// <param name="Entities">Entities whose secrets are sealed under it.</param>
/// <param name="Changes">Documents of the retained history that are.</param>
public sealed record KeyUse(string? KeyId, bool Active, long Entities, long Changes)
{
    /// <summary>Nothing needs the key any more.</summary>
    public bool IsUnused => Entities is 0 && Changes is 0;
}
