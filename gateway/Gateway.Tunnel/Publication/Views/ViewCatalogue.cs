using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Source;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>
/// The current published view of each kind of instance. Views are held by the streams that use them; what no stream uses any more is collected.
/// </summary>
internal sealed class ViewCatalogue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ViewKey, WeakReference<PublishedView>> _views = [];

    public PublishedView Get(PublishedState state, PublishedChannel channel, SiteView view, Translation translation)
    {
        var key = new ViewKey(channel.Release.Channel, view.Key, translation.Key);
        lock (_lock)
        {
            PublishedView? before = null;
            _views.TryGetValue(key, out var reference);
            if (reference is not null && reference.TryGetTarget(out before)
                && before.Content.Revision == channel.Content.Revision && (view.Includes is not null || translation.Rewrite is not null
                    || before.Content.Hash == channel.Content.Hash))
            {
                return before;
            }

            var published = new PublishedView(key.Channel, Derive(before, state, channel, view, translation), state.History);
            _views[key] = new WeakReference<PublishedView>(published);
            RemoveCollected();
            return published;
        }
    }

    private static EntitySet Derive(PublishedView? before, PublishedState state, PublishedChannel channel, SiteView view, Translation translation)
    {
        var source = channel.Content;
        if (view.Includes is null && translation.Rewrite is null)
        {
            return source;
        }

        // A change costs its own size where the earlier revision of the view is at hand.
        return before is not null && state.History.TouchedBetween(before.Content.Revision, source.Revision) is { } touched
            ? before.Content.Apply(source.Revision, touched.Select(key => Shown(source, key, view, translation)))
            : EntitySet.Of(source.Revision, source.Entities.Keys.Select(key => Shown(source, key, view, translation)));
    }

    private static EntityChange Shown(EntitySet source, EntityKey key, SiteView view, Translation translation)
    {
        if (!source.Entities.TryGetValue(key, out var canonical) || view.Includes?.Invoke(key, canonical) == false)
        {
            return new EntityChange(key, null);
        }

        return new EntityChange(key, translation.Rewrite is null ? canonical : translation.Rewrite(key, canonical));
    }

    private void RemoveCollected()
    {
        foreach (var (key, reference) in _views)
        {
            if (!reference.TryGetTarget(out _))
            {
                _views.Remove(key);
            }
        }
    }
}
