using Gateway.Tunnel.Entities;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>One revision as sites with the same rights may have it, whatever their instances can read.</summary>
internal sealed record SiteView(EntitySet Content, SiteLimits Limits, SiteRights Rights)
{
    /// <summary>Whether an entity that is in both revisions with the same scope is in both views or in neither.</summary>
    public bool HasSameRightsAs(SiteView other) => SelectorsInUse.Agree(Limits.Selectors, Rights, other.Limits.Selectors, other.Rights);
}
