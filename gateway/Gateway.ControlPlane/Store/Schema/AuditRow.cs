namespace Gateway.ControlPlane.Store.Schema;

/// <summary>One record of the audit log.</summary>
internal sealed class AuditRow
{
    /// <summary>UUID version 7: in order of time.</summary>
    public Guid Id { get; set; }

    /// <summary>Unix time in milliseconds.</summary>
    public long Time { get; set; }
    public required string Event { get; set; }
    public string? Principal { get; set; }
    public string? SourceAddress { get; set; }
    public required string Method { get; set; }
    public required string Path { get; set; }
    public int Status { get; set; }
    public long? Revision { get; set; }
    public string? Reason { get; set; }
}
