namespace Gateway.Model.Entities;

/// <summary>The client certificate that a consumer is known by.</summary>
public sealed record MtlsAuthCredential : Entity
{
    /// <summary>A subject alternative name or the common name of the client's certificate.</summary>
    public required string SubjectName { get; init; }

    /// <summary>The authority that must have issued it; null for any that the plugin trusts.</summary>
    public EntityReference? CaCertificate { get; init; }
    public required EntityReference Consumer { get; init; }
}
