using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Publication;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>The store's contract, in memory.</summary>
internal sealed class FakeRevisionLog : IRevisionLog
{
    private readonly Lock _lock = new();
    private readonly List<RevisionChanges> _revisions = [];
    private readonly ConcurrentDictionary<Channel<long>, bool> _watchers = new();
    private readonly List<Release> _stages = [];
    private long? _stable;

    /// <summary>Throws where set, as a database that is away.</summary>
    public bool IsAway { get; set; }

    public long Head => _revisions.Count;

    /// <summary>The hash of everything at the head.</summary>
    public string HeadHash
    {
        get
        {
            lock (_lock)
            {
                return SetAt(Head).Hash;
            }
        }
    }

    /// <summary>Everything at the head.</summary>
    public EntitySet HeadContent
    {
        get
        {
            lock (_lock)
            {
                return SetAt(Head);
            }
        }
    }

    public int SnapshotsRead { get; private set; }

    public long Write(params EntityChange[] changes)
    {
        lock (_lock)
        {
            var before = SetAt(Head);
            var touchesLimited = changes.Any(change =>
                (change.Canonical is { } after && SiteSelector.IsIn(after.Span))
                || (before.Entities.TryGetValue(change.Key, out var canonical) && SiteSelector.IsIn(canonical.Span)));
            _revisions.Add(new RevisionChanges(Head + 1, changes, touchesLimited));
        }

        Signal();
        return Head;
    }

    /// <summary>Points the stable channel elsewhere; null for the head.</summary>
    public void Release(long? revision)
    {
        _stable = revision;
        Signal();
    }

    public void Stage(string channel, long revision, string label, string value)
    {
        lock (_lock)
        {
            _stages.Add(new Release(channel, revision, new Dictionary<string, string> { [label] = value }));
        }

        Signal();
    }

    public void EndStages()
    {
        lock (_lock)
        {
            _stages.Clear();
        }

        Signal();
    }

    public void Signal()
    {
        foreach (var watcher in _watchers.Keys)
        {
            watcher.Writer.TryWrite(Head);
        }
    }

    public Task<RevisionSnapshot> ReadSnapshotAsync(long? revision, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        lock (_lock)
        {
            SnapshotsRead++;
            var set = SetAt(revision ?? Head);
            return Task.FromResult(new RevisionSnapshot(set.Revision, [.. set.Entities.Select(e => new EntityChange(e.Key, e.Value))]));
        }
    }

    public Task<IReadOnlyList<RevisionChanges>> ReadChangesAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<RevisionChanges>>([.. _revisions.Where(r => r.Revision > after && r.Revision <= upTo)]);
        }
    }

    public Task<IReadOnlyList<Release>> ReadReleasesAsync(CancellationToken cancellationToken)
    {
        ThrowIfAway();
        lock (_lock)
        {
            var stable = new Release(Tunnel.Publication.Release.StableChannel, _stable ?? Head, new Dictionary<string, string>());
            return Task.FromResult<IReadOnlyList<Release>>([stable, .. _stages]);
        }
    }

    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<long>();
        _watchers[channel] = true;
        yield return Head;
        await foreach (var head in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return head;
        }
    }

    private EntitySet SetAt(long revision) =>
        _revisions.Where(r => r.Revision <= revision).Aggregate(EntitySet.Empty, (set, r) => set.Apply(r.Revision, r.Changes)).At(revision);

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new IOException("the database is away");
        }
    }
}
