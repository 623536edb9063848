using System.Collections.Immutable;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>
/// The latest revisions that this process has seen, whole: what instances run that this process did not send them. Revisions share what did not change, so each
/// costs what the next one replaced; bounded by their number and by that cost.
/// </summary>
internal sealed class RecentContents
{
    private const int MaximumCount = 256;
    private const long MaximumCost = 64L * 1024 * 1024;

    public static readonly RecentContents Empty = new(ImmutableSortedDictionary<long, (RevisionContent, long)>.Empty, 0);

    private readonly ImmutableSortedDictionary<long, (RevisionContent Content, long Cost)> _contents;
    private readonly long _cost;

    private RecentContents(ImmutableSortedDictionary<long, (RevisionContent, long)> contents, long cost) => (_contents, _cost) = (contents, cost);

    public RevisionContent? Find(long revision) => _contents.TryGetValue(revision, out var entry) ? entry.Content : null;

    /// <param name="replaced">Bytes that this revision replaced, and that an earlier one keeps alive.</param>
    public RecentContents Add(RevisionContent content, long replaced)
    {
        if (_contents.ContainsKey(content.Revision))
        {
            return this;
        }

        var contents = _contents.Add(content.Revision, (content, replaced));
        var cost = _cost + replaced;
        while (contents.Count > MaximumCount || (cost > MaximumCost && contents.Count > 1))
        {
            // With the lowest goes what the next one replaced.
            contents = contents.Remove(contents.Keys.First());
            cost -= contents.Values.First().Cost;
        }

        return new RecentContents(contents, cost);
    }
}
