namespace Gateway.ControlPlane.Store.Schema;

internal sealed class ReleaseRow
{
    public required string Channel { get; set; }
    public long Revision { get; set; }

    /// <summary>JSON object of the labels that a site must have to follow this channel.</summary>
    public string Labels { get; set; } = "{}";
}
