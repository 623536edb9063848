using System.Collections.Immutable;
using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>
/// Which entities each of the latest revisions touched. Values are not kept: a delta takes them from the revision it leads to, so one history serves
/// steps forward and back, and every view.
/// </summary>
internal sealed class RevisionHistory
{
    private readonly ImmutableSortedDictionary<long, ImmutableArray<EntityKey>> _touched;
    private readonly int _capacity;

    private RevisionHistory(ImmutableSortedDictionary<long, ImmutableArray<EntityKey>> touched, int capacity) =>
        (_touched, _capacity) = (touched, capacity);

    /// <param name="capacity">Revisions kept; the lowest go first.</param>
    public static RevisionHistory OfCapacity(int capacity) => new(ImmutableSortedDictionary<long, ImmutableArray<EntityKey>>.Empty, capacity);

    public RevisionHistory Add(IReadOnlyList<RevisionChanges> revisions)
    {
        var touched = _touched.ToBuilder();
        foreach (var revision in revisions)
        {
            touched[revision.Revision] = [.. revision.Changes.Select(change => change.Key)];
        }

        while (touched.Count > _capacity)
        {
            touched.Remove(touched.Keys.First());
        }

        return new RevisionHistory(touched.ToImmutable(), _capacity);
    }

    /// <summary>Every entity that may differ between two revisions, whichever is the later; null where the history does not reach over both.</summary>
    public IReadOnlyCollection<EntityKey>? TouchedBetween(long one, long other)
    {
        var (low, high) = one < other ? (one, other) : (other, one);
        if (high - low > _touched.Count)
        {
            return null;
        }

        var keys = new HashSet<EntityKey>();
        for (var revision = low + 1; revision <= high; revision++)
        {
            if (!_touched.TryGetValue(revision, out var touched))
            {
                return null;
            }

            keys.UnionWith(touched);
        }

        return keys;
    }
}
