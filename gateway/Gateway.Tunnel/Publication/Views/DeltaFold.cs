using Gateway.Model.Configuration;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Publication.Source;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>Folds all that lies between two views into one set of changes.</summary>
internal static class DeltaFold
{
    /// <summary>A delta that names this many more entities than the view has is replaced by a snapshot.</summary>
    private const int Surplus = 100;

    public static EncodedChanges? Between(PublishedView before, PublishedView after, RevisionHistory history)
    {
        // Where it is not known what moved, or the rights did: everything that either has.
        var candidates = before.Translation.Key == after.Translation.Key ? history.DifferingBetween(before.Site, after.Site) : null;
        var changes = new List<EntityChange>();
        foreach (var key in candidates ?? before.Content.Entities.Keys.Union(after.Content.Entities.Keys))
        {
            var had = before.Content.Entities.TryGetValue(key, out var old);
            var has = after.Content.Entities.TryGetValue(key, out var canonical);
            if (has ? !had || !old.Span.SequenceEqual(canonical.Span) : had)
            {
                changes.Add(new EntityChange(key, has ? canonical : (ReadOnlyMemory<byte>?)null));
            }
        }

        return Encode(changes, after);
    }

    public static EncodedChanges? FromUnknown(long revision, PublishedView after, RevisionHistory history)
    {
        if (revision == after.Content.Revision || !after.Site.Limits.IsNone)
        {
            return null;
        }

        // Nothing was limited at any time in between: the site had whatever there was.
        var moved = history.MovedBetween(revision, after.Content.Revision, static moved => !moved.IsLimited);
        return moved is null
            ? null
            : Encode([.. moved.Select(key => new EntityChange(key, after.Content.Entities.TryGetValue(key, out var canonical) ? canonical : (ReadOnlyMemory<byte>?)null))], after);
    }

    private static EncodedChanges? Encode(List<EntityChange> changes, PublishedView after) =>
        changes.Count > after.Content.Entities.Count + Surplus ? null : ChangeSetCodec.Encode(changes);
}
