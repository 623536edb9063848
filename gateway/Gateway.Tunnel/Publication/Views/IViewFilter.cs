using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>Decides what a site may receive.</summary>
public interface IViewFilter
{
    /// <summary>Called when a stream begins and when its site's labels change.</summary>
    SiteView For(Site site);
}
