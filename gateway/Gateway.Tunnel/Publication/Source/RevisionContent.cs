using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Publication.Views;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>Everything in one revision, and who may have it.</summary>
internal sealed record RevisionContent(EntitySet Entities, SiteLimits Limits)
{
    public long Revision => Entities.Revision;

    public static RevisionContent Of(RevisionSnapshot snapshot)
    {
        var entities = EntitySet.Of(snapshot.Revision, snapshot.Entities);
        return new RevisionContent(entities, SiteLimits.Of(entities));
    }

    /// <summary>The next revision, and what other instances may have because of it: what it touched, and what belongs to that.</summary>
    public (RevisionContent Content, IReadOnlyCollection<EntityKey> Moved) Apply(RevisionChanges revision)
    {
        var touched = revision.Changes.Select(change => change.Key).ToHashSet();
        var entities = Entities.Apply(revision.Revision, revision.Changes);
        var (limits, moved) = Limits.Apply(Entities, entities, touched);
        touched.UnionWith(moved);
        return (new RevisionContent(entities, limits), touched);
    }
}
