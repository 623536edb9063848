using Gateway.Model;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Source;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Works out what one instance should run and how it stands. Belongs to the session's loop.</summary>
internal sealed class InstanceAssessor(SessionServices services, InstanceHello hello, Delivery delivery)
{
    private readonly long _readingsAtHello = services.Releases.Readings;
    private PublishedState? _state;
    private Site? _site;

    public Translation Translation { get; } = services.Compatibility.For(hello.Profile);

    /// <summary>Where the target was taken from. Held, so that the catalogue's weak reference lives while this instance runs it.</summary>
    public PublishedView? Published { get; private set; }

    public SyncStatus Status { get; private set; } = SyncStatus.Unknown;

    /// <summary>What the instance can't read of what it should run.</summary>
    public IReadOnlyList<ModelError> Problems { get; private set; } = [];

    /// <summary>Whether updates are held back because of <see cref="Problems"/>.</summary>
    public bool IsHeldBack { get; private set; }

    /// <summary>Null while it is not known, or the instance should stay as it is.</summary>
    public DeliveryPoint? Assess(Site site)
    {
        if (services.Releases.State is not { } state)
        {
            Status = SyncStatus.Unknown;
            return null;
        }

        if (Translation.Refusal.Count > 0)
        {
            (Status, Problems, IsHeldBack) = (SyncStatus.VersionIncompatible, Translation.Refusal, true);
            return null;
        }

        if (!ReferenceEquals(_state, state) || !ReferenceEquals(_site, site))
        {
            Look(state, site);
        }

        if (IsHeldBack)
        {
            return null;
        }

        var target = new DeliveryPoint(Published!.Channel, Published.Content.Revision, Published.Content.Hash);
        Status = delivery.StatusFor(target);
        if (hello.Applied is { } applied && applied.Revision > target.Revision && state.Reading <= _readingsAtHello)
        {
            // Back only where the store says so after the hello: another replica may have heard of a newer revision before us.
            services.Releases.Refresh();
            return null;
        }

        return target;
    }

    private void Look(PublishedState state, Site site)
    {
        (_state, _site) = (state, site);
        var channel = state.ChannelOf(site);
        Published = services.Views.Get(state, channel, channel.Content.Limits.Selectors.RightsOf(site.Labels), Translation);
        (var status, Problems) = Published.Verdict;
        IsHeldBack = status != SyncStatus.Normal;
        Status = IsHeldBack ? status : Status;
    }
}
