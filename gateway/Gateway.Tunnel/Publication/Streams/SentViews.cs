using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>What one instance was sent and has acknowledged, whole: a delta names nothing that it neither had nor shall have. Belongs to the session's loop.</summary>
internal sealed class SentViews(SessionServices services, Translation translation)
{
    private PublishedView? _underWay;
    private PublishedView? _acknowledged;

    public void Sent(PublishedView view) => _underWay = view;

    public void Acknowledged() => (_acknowledged, _underWay) = (_underWay, null);

    /// <summary>What leads from one point to the view; null where only a snapshot does.</summary>
    /// <param name="site">The site as it is: what another stream brought the instance is worked out with its labels.</param>
    public async Task<EncodedChanges?> DeltaAsync(DeliveryPoint from, PublishedView to, Site site)
    {
        if (from.Hash == to.Content.Hash)
        {
            return EncodedChanges.None;
        }

        var known = _acknowledged?.Is(from) == true ? _acknowledged : services.Views.FindBase(services.Releases.State!, from, site.Labels, translation);
        return await (known is null ? to.DeltaFromAsync(from.Revision) : to.DeltaFromAsync(known));
    }
}
