using System.Collections.Immutable;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Publication.Views;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>
/// Which entities each of the latest revisions moved. Values are not kept: a delta takes them from the views that it leads between, so one history serves
/// steps forward and back, and every view.
/// </summary>
internal sealed class RevisionHistory
{
    private readonly ImmutableSortedDictionary<long, MovedEntities> _moved;
    private readonly int _capacity;

    private RevisionHistory(ImmutableSortedDictionary<long, MovedEntities> moved, int capacity) => (_moved, _capacity) = (moved, capacity);

    /// <param name="capacity">Revisions kept; the lowest go first.</param>
    public static RevisionHistory OfCapacity(int capacity) => new(ImmutableSortedDictionary<long, MovedEntities>.Empty, capacity);

    public RevisionHistory Add(IEnumerable<KeyValuePair<long, MovedEntities>> revisions)
    {
        var moved = _moved.ToBuilder();
        foreach (var (revision, entities) in revisions)
        {
            moved[revision] = entities;
        }

        while (moved.Count > _capacity)
        {
            moved.Remove(moved.Keys.First());
        }

        return new RevisionHistory(moved.ToImmutable(), _capacity);
    }

    /// <summary>Every entity that these revisions moved, whichever is the later; null where the history does not reach over both, or one of them does not suffice.</summary>
    public IReadOnlyCollection<EntityKey>? MovedBetween(long one, long other, Func<MovedEntities, bool> suffices)
    {
        var (low, high) = one < other ? (one, other) : (other, one);
        if (high - low > _moved.Count)
        {
            return null;
        }

        var keys = new HashSet<EntityKey>();
        for (var revision = low + 1; revision <= high; revision++)
        {
            if (!_moved.TryGetValue(revision, out var moved) || !suffices(moved))
            {
                return null;
            }

            keys.UnionWith(moved.Keys);
        }

        return keys;
    }

    /// <summary>Every entity that may differ between two views of sites with the same rights; null where that is not known.</summary>
    public IReadOnlyCollection<EntityKey>? DifferingBetween(SiteView one, SiteView other) => !one.HasSameRightsAs(other)
        ? null

        // Where both are everything, what was touched is all that can differ.
        : MovedBetween(one.Content.Revision, other.Content.Revision, one.Limits.IsNone && other.Limits.IsNone ? static _ => true : static moved => moved.IsExact);
}
