namespace Gateway.ControlPlane.Store.Writing;

/// <summary>What a transaction did to one entity so far.</summary>
internal sealed class PendingChange
{
    public byte[]? Before { get; init; }
    public bool BeforeHasSecrets { get; init; }
    public byte[]? After { get; set; }
    public bool AfterHasSecrets { get; set; }

    /// <summary>True where the entity is again as it was.</summary>
    public bool IsVoid => Before is null ? After is null : After is not null && Before.AsSpan().SequenceEqual(After);
}
