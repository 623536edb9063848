using System.Collections.Immutable;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Source;
using Gateway.Tunnel.Publication.Streams;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>
/// The published views of each kind of instance. Views are held by the streams that use them; what no stream uses any more is collected.
/// </summary>
internal sealed class ViewCatalogue
{
    // What a revision holds does not depend on the channel that brought it.
    private const string AnyChannel = "";

    private readonly Lock _lock = new();
    private readonly WeakCache<ViewKey, SiteView> _sites = new();
    private readonly WeakCache<ViewKey, PublishedView> _views = new();
    private readonly WeakCache<(ViewKey Key, long Revision), PublishedView> _bases = new();

    /// <summary>The channel's revision for an instance of a site with these rights and with this profile.</summary>
    public PublishedView Get(PublishedState state, PublishedChannel channel, SiteRights rights, Translation translation)
    {
        lock (_lock)
        {
            var name = channel.Release.Channel;
            var site = GetSite(state, name, channel.Content, rights);
            var key = new ViewKey(name, rights.Key, translation.Key);
            var before = _views.Find(key);
            if (before is not null && ReferenceEquals(before.Site, site))
            {
                return before;
            }

            var view = Translate(before, state, name, site, translation);
            _views.Set(key, view);
            return view;
        }
    }

    /// <summary>What an instance runs that another stream brought it, or its cache; null where that can't be told any more, or was something else.</summary>
    public PublishedView? FindBase(PublishedState state, DeliveryPoint point, IReadOnlyDictionary<string, string> labels, Translation translation)
    {
        if (state.Recent.Find(point.Revision) is not { } content)
        {
            return null;
        }

        lock (_lock)
        {
            var rights = content.Limits.Selectors.RightsOf(labels);
            var key = (new ViewKey(AnyChannel, rights.Key, translation.Key), point.Revision);
            if (_bases.Find(key) is not { } view)
            {
                view = Translate(before: null, state, AnyChannel, Restrict(before: null, state, content, rights), translation);
                _bases.Set(key, view);
            }

            return view.Is(point) ? view : null;
        }
    }

    private SiteView GetSite(PublishedState state, string channel, RevisionContent content, SiteRights rights)
    {
        var key = new ViewKey(channel, rights.Key, Translation: null);
        var before = _sites.Find(key);
        if (before is not null && before.Content.Revision == content.Entities.Revision && ReferenceEquals(before.Limits, content.Limits)
            && (!content.Limits.IsNone || ReferenceEquals(before.Content, content.Entities)))
        {
            return before;
        }

        var site = Restrict(before, state, content, rights);
        _sites.Set(key, site);
        return site;
    }

    /// <summary>Takes out what the site may not have.</summary>
    private static SiteView Restrict(SiteView? before, PublishedState state, RevisionContent content, SiteRights rights)
    {
        var (source, limits) = content;
        if (limits.IsNone)
        {
            return new SiteView(source, limits, rights);
        }

        var verdicts = new Dictionary<string, bool>(StringComparer.Ordinal);
        bool IsHidden(EntityKey key)
        {
            var scope = limits.ScopeOf(key);
            if (!verdicts.TryGetValue(scope.Text, out var admitted))
            {
                verdicts.Add(scope.Text, admitted = rights.Admit(scope));
            }

            return !admitted;
        }

        EntityChange Shown(EntityKey key) =>
            new(key, source.Entities.TryGetValue(key, out var canonical) && !IsHidden(key) ? canonical : (ReadOnlyMemory<byte>?)null);

        // A change costs its own size where an earlier revision of the view is at hand.
        if (before is not null && state.History.DifferingBetween(before, new SiteView(source, limits, rights)) is { } moved)
        {
            return new SiteView(before.Content.Apply(source.Revision, moved.Select(Shown)), limits, rights);
        }

        var hidden = limits.Scopes.Keys.Where(IsHidden).ToList();
        var all = hidden.Count * 2 < source.Entities.Count
            ? source.Apply(source.Revision, hidden.Select(key => new EntityChange(key, null)))
            : EntitySet.Of(source.Revision, source.Entities.Keys.Except(hidden).Select(Shown));
        return new SiteView(all, limits, rights);
    }

    /// <summary>Puts what is left into words that the instance can read.</summary>
    private static PublishedView Translate(PublishedView? before, PublishedState state, string channel, SiteView site, Translation translation)
    {
        var source = site.Content;
        if (translation.Rewrite is not { } rewrite)
        {
            return new PublishedView(channel, site, translation, source, ImmutableDictionary<EntityKey, Incompatibility>.Empty, state.History);
        }

        IEnumerable<EntityKey> keys = source.Entities.Keys;
        var start = EntitySet.Empty;
        var problems = ImmutableDictionary.CreateBuilder<EntityKey, Incompatibility>();
        if (before is not null && state.History.DifferingBetween(before.Site, site) is { } moved)
        {
            (keys, start, problems) = (moved, before.Content, before.Incompatibilities.ToBuilder());
        }

        var changes = new List<EntityChange>();
        foreach (var key in keys)
        {
            problems.Remove(key);
            if (!source.Entities.TryGetValue(key, out var canonical))
            {
                changes.Add(new EntityChange(key, null));
                continue;
            }

            var translated = rewrite(key, canonical);
            changes.Add(new EntityChange(key, translated.Canonical));
            if (translated.Problem is { } problem)
            {
                problems.Add(key, problem);
            }
        }

        return new PublishedView(channel, site, translation, start.Apply(source.Revision, changes), problems.ToImmutable(), state.History);
    }
}
