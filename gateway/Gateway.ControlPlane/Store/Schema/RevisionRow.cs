namespace Gateway.ControlPlane.Store.Schema;

/// <summary>One committed transaction.</summary>
internal sealed class RevisionRow
{
    public long Revision { get; set; }
    public required string Principal { get; set; }
    public string? SourceAddress { get; set; }

    /// <summary>Unix time in milliseconds.</summary>
    public long Time { get; set; }
    public string? Message { get; set; }
    public required string Origin { get; set; }
    public int ChangeCount { get; set; }
}
