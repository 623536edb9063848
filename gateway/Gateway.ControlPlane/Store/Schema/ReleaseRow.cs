namespace Gateway.ControlPlane.Store.Schema;

/// <summary>A channel's pointer into the log. The stable channel always has a row; the stage has one while it is open.</summary>
internal sealed class ReleaseRow
{
    public required string Channel { get; set; }
    public long Revision { get; set; }

    /// <summary>JSON object of the labels that a site must have to follow this channel.</summary>
    public string Labels { get; set; } = "{}";

    /// <summary>Of the stable channel: true where it stays where it is though no stage is open, after an abort or a rollback.</summary>
    public bool Held { get; set; }

    /// <summary>Of the stage: a <see cref="Publication.Releases.StageRecord"/> as JSON.</summary>
    public string? Stage { get; set; }
}
