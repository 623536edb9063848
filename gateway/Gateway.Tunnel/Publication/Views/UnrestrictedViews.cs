using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>Every site receives everything: what holds unless another filter is registered.</summary>
internal sealed class UnrestrictedViews : IViewFilter
{
    public SiteView For(Site site) => SiteView.Everything;
}
