namespace Gateway.ControlPlane.Store.Schema;

/// <summary>The one row that every writer locks last, so that revisions are gapless and in commit order.</summary>
internal sealed class HeadRow
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;
    public long Revision { get; set; }

    /// <summary>Grows whenever a release moves: what replicas poll.</summary>
    public long ReleaseVersion { get; set; }

    /// <summary>Grows whenever a site changes or a certificate is revoked.</summary>
    public long SiteVersion { get; set; }
}
