using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Works out what one instance should run and how it stands. Belongs to the session's loop.</summary>
internal sealed class InstanceAssessor(SessionServices services, InstanceHello hello, Delivery delivery)
{
    private readonly long _readingsAtHello = services.Releases.Readings;
    private (Site Site, SiteView View)? _view;

    /// <summary>Where the target was taken from. Held, so that the catalogue's weak reference lives while this instance runs it.</summary>
    public PublishedView? Published { get; private set; }

    public CompatibilityVerdict Verdict { get; private set; } = CompatibilityVerdict.Normal;

    public SyncStatus Status { get; private set; } = SyncStatus.Unknown;

    /// <summary>Null while it is not known, or the instance should stay as it is.</summary>
    public DeliveryPoint? Assess(Site site)
    {
        if (_view?.Site != site)
        {
            _view = (site, services.ViewFilter.For(site));
        }

        if (services.Releases.State is not { } state)
        {
            Status = SyncStatus.Unknown;
            return null;
        }

        var channel = state.ChannelOf(site);
        Verdict = services.Compatibility.Assess(hello.Profile, channel.Content);
        if (Verdict.Status != SyncStatus.Normal)
        {
            Status = Verdict.Status;
            return null;
        }

        Published = services.Views.Get(state, channel, _view.Value.View, Verdict.Translation);
        var target = new DeliveryPoint(Published.Channel, Published.Content.Revision, Published.Content.Hash);
        Status = delivery.StatusFor(target);
        if (hello.Applied is { } applied && applied.Revision > target.Revision && state.Reading <= _readingsAtHello)
        {
            // Back only where the store says so after the hello: another replica may have heard of a newer revision before us.
            services.Releases.Refresh();
            return null;
        }

        return target;
    }
}
