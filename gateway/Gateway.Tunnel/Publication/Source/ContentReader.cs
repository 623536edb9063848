using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>Reads revisions, each from the nearest one that is in memory, and keeps account of what moved on the way.</summary>
internal sealed class ContentReader(
    IRevisionLog log, int historyLength, IEnumerable<PublishedChannel> channels, RevisionHistory history, RecentContents? recent)
{
    /// <summary>What keeping an entity costs beside its bytes.</summary>
    private const int EntityOverhead = 200;

    private readonly List<RevisionContent> _loaded = [.. channels.Select(channel => channel.Content)];

    public RevisionHistory History { get; private set; } = history;

    public RecentContents Recent { get; private set; } = recent ?? RecentContents.Empty;

    public async Task<RevisionContent> ReadAsync(long revision, CancellationToken cancellationToken)
    {
        var content = await FindAsync(revision, cancellationToken);
        _loaded.Add(content);
        return content;
    }

    private async Task<RevisionContent> FindAsync(long revision, CancellationToken cancellationToken)
    {
        // The fewest revisions away, going forward.
        var nearest = _loaded.Where(content => content.Revision <= revision).MaxBy(content => content.Revision);
        if (nearest?.Revision == revision)
        {
            return nearest;
        }

        if (Recent.Find(revision) is { } known)
        {
            return known;
        }

        if (nearest is not null && revision - nearest.Revision <= historyLength)
        {
            try
            {
                return StepThrough(nearest, await log.ReadChangesAsync(nearest.Revision, revision, cancellationToken));
            }
            catch (RevisionNotRetainedException)
            {
                // The snapshot below does without the log.
            }
        }

        var read = RevisionContent.Of(await log.ReadSnapshotAsync(revision, cancellationToken));
        if (_loaded.Count == 0)
        {
            Recent = Recent.Add(read, replaced: 0);
        }

        return read;
    }

    private RevisionContent StepThrough(RevisionContent content, IReadOnlyList<RevisionChanges> revisions)
    {
        var steps = new List<KeyValuePair<long, MovedEntities>>(revisions.Count);
        foreach (var revision in revisions)
        {
            var before = content;
            (content, var moved) = before.Apply(revision);
            var isLimited = !before.Limits.IsNone || !content.Limits.IsNone;
            steps.Add(KeyValuePair.Create(revision.Revision, new MovedEntities([.. moved], isLimited, IsExact: true)));
            Recent = Recent.Add(content, moved.Sum(key => Replaced(before, key)));
        }

        History = History.Add(steps);
        return content;
    }

    private static long Replaced(RevisionContent before, EntityKey key) =>
        before.Entities.Entities.TryGetValue(key, out var canonical) ? canonical.Length + EntityOverhead : EntityOverhead;
}
