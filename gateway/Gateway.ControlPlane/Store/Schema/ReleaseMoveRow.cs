namespace Gateway.ControlPlane.Store.Schema;

/// <summary>What was done to the releases by whom: staged, promoted, aborted, rolled back. What each write releases by itself is in the log of revisions.</summary>
internal sealed class ReleaseMoveRow
{
    /// <summary>The head's release version that the move made: in order, and unique.</summary>
    public long Number { get; set; }
    public required string Action { get; set; }

    /// <summary>Where the channel that moved points since.</summary>
    public long Revision { get; set; }
    public required string Principal { get; set; }
    public string? SourceAddress { get; set; }
    public string? Reason { get; set; }

    /// <summary>Unix time in milliseconds.</summary>
    public long Time { get; set; }
}
