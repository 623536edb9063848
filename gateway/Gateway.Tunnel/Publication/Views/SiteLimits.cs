using System.Collections.Immutable;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>
/// Which entities of a revision are limited to sites, directly or through what they belong to. Immutable; the next revision's costs what the change touches,
/// and nothing is kept where nothing is limited.
/// </summary>
internal sealed class SiteLimits
{
    public static readonly SiteLimits None = new(
        ImmutableDictionary<EntityKey, SiteScope>.Empty, ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>>.Empty, ImmutableDictionary<string, int>.Empty, SelectorsInUse.None);

    private readonly ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>> _children;
    private readonly ImmutableDictionary<string, int> _scopeUses;

    private SiteLimits(
        ImmutableDictionary<EntityKey, SiteScope> scopes,
        ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>> children,
        ImmutableDictionary<string, int> scopeUses,
        SelectorsInUse selectors) => (Scopes, _children, _scopeUses, Selectors) = (scopes, children, scopeUses, selectors);

    /// <summary>The limited entities, and who may have each.</summary>
    public ImmutableDictionary<EntityKey, SiteScope> Scopes { get; }

    public SelectorsInUse Selectors { get; }

    public bool IsNone => Scopes.IsEmpty;

    public static SiteLimits Of(EntitySet content) =>
        content.Entities.Values.Any(canonical => SiteSelector.IsIn(canonical.Span)) ? None.Step(EntitySet.Empty, content, content.Entities.Keys).Limits : None;

    /// <summary>The limits after a change.</summary>
    /// <param name="touched">What differs between <paramref name="before"/> and <paramref name="after"/>, at least.</param>
    /// <returns>With every entity that other sites may have than before, beside the touched ones.</returns>
    public (SiteLimits Limits, IReadOnlyCollection<EntityKey> Moved) Apply(EntitySet before, EntitySet after, IReadOnlyCollection<EntityKey> touched)
    {
        if (!IsNone)
        {
            return Step(before, after, touched);
        }

        var begins = touched.Any(key => after.Entities.TryGetValue(key, out var canonical) && SiteSelector.IsIn(canonical.Span));
        if (!begins)
        {
            return (None, []);
        }

        var limits = Of(after);
        return (limits, [.. limits.Scopes.Keys]);
    }

    public SiteScope ScopeOf(EntityKey key) => Scopes.GetValueOrDefault(key, SiteScope.Everyone);

    private (SiteLimits Limits, IReadOnlyCollection<EntityKey> Moved) Step(EntitySet before, EntitySet after, IEnumerable<EntityKey> touched)
    {
        var children = _children.ToBuilder();
        var pending = Enumerable.Range(0, EntityLinks.DepthCount).Select(_ => new HashSet<EntityKey>()).ToArray();
        foreach (var key in touched)
        {
            Link(children, before, key, isChild: false);
            Link(children, after, key, isChild: true);
            pending[EntityLinks.DepthOf(key.Kind)].Add(key);
        }

        var scopes = Scopes.ToBuilder();
        var uses = _scopeUses.ToBuilder();
        var moved = new List<EntityKey>();
        // Parents before what belongs to them: each is decided once.
        foreach (var key in pending.SelectMany(level => level))
        {
            var old = scopes.GetValueOrDefault(key, SiteScope.Everyone);
            var scope = ScopeOf(key, after, scopes);
            if (scope.Text == old.Text)
            {
                continue;
            }

            Set(scopes, uses, key, old, scope);
            moved.Add(key);
            foreach (var child in children.GetValueOrDefault(key, []))
            {
                pending[EntityLinks.DepthOf(child.Kind)].Add(child);
            }
        }

        if (scopes.Count == 0)
        {
            return (None, moved);
        }

        var sameSelectors = uses.Count == _scopeUses.Count && uses.Keys.All(_scopeUses.ContainsKey);
        var all = scopes.ToImmutable();
        return (new SiteLimits(all, children.ToImmutable(), uses.ToImmutable(), sameSelectors ? Selectors : new SelectorsInUse(all.Values.DistinctBy(scope => scope.Text, StringComparer.Ordinal))), moved);
    }

    private static SiteScope ScopeOf(EntityKey key, EntitySet content, ImmutableDictionary<EntityKey, SiteScope>.Builder scopes)
    {
        if (!content.Entities.TryGetValue(key, out var canonical))
        {
            return SiteScope.Everyone;
        }

        var links = EntityLinks.Read(key, canonical.Span);
        var limits = links.Parents.SelectMany(parent => scopes.GetValueOrDefault(parent, SiteScope.Everyone).Limits);
        return SiteScope.AllOf(links.Own is null ? limits : limits.Append(links.Own));
    }

    private static void Set(
        ImmutableDictionary<EntityKey, SiteScope>.Builder scopes, ImmutableDictionary<string, int>.Builder uses, EntityKey key, SiteScope old, SiteScope scope)
    {
        if (!old.IsEveryone && --uses[old.Text] is 0)
        {
            uses.Remove(old.Text);
        }

        if (scope.IsEveryone)
        {
            scopes.Remove(key);
            return;
        }

        scopes[key] = scope;
        uses[scope.Text] = uses.GetValueOrDefault(scope.Text) + 1;
    }

    private static void Link(ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>>.Builder children, EntitySet content, EntityKey key, bool isChild)
    {
        if (!content.Entities.TryGetValue(key, out var canonical))
        {
            return;
        }

        foreach (var parent in EntityLinks.Read(key, canonical.Span).Parents)
        {
            var known = children.GetValueOrDefault(parent, []);
            known = isChild ? known.Add(key) : known.Remove(key);
            if (known.IsEmpty)
            {
                children.Remove(parent);
            }
            else
            {
                children[parent] = known;
            }
        }
    }
}
