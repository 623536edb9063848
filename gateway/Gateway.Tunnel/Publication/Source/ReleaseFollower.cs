using System.Collections.Immutable;
using System.Threading.Channels;
using Gateway.Tunnel.Entities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>
/// Keeps the released configurations in memory as the store moves. While the store is away, what was read last stays published.
/// </summary>
internal sealed class ReleaseFollower(IRevisionLog log, TunnelServerOptions options, TimeProvider time, ILogger<ReleaseFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile PublishedState? _state;
    private long _readings;

    /// <summary>Null until the store was read for the first time.</summary>
    public PublishedState? State => _state;

    /// <summary>How many readings of the store have begun.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Raised after <see cref="State"/> became another, in the follower's loop: handlers only wake others.</summary>
    public event EventHandler? Moved;

    /// <summary>Asks for a reading of the store soon. Any number of calls before it begins cost one reading.</summary>
    public void Refresh() => _asked.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Refresh();
        await Task.WhenAll(WatchAsync(stoppingToken), FollowAsync(stoppingToken));
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (true)
        {
            try
            {
                await foreach (var _ in log.WatchAsync(stoppingToken))
                {
                    retry = FirstRetry;
                    Refresh();
                }

                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                PublicationLog.StoreNotWatched(logger, retry, error);
                await Task.Delay(retry, time, stoppingToken);
                retry = Longer(retry);
                Refresh();
            }
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (true)
        {
            await _asked.Reader.ReadAsync(stoppingToken);
            try
            {
                await ReadAsync(stoppingToken);
                Moved?.Invoke(this, EventArgs.Empty);
                retry = FirstRetry;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                PublicationLog.StoreNotRead(logger, retry, error);
                await Task.Delay(retry, time, stoppingToken);
                retry = Longer(retry);
                Refresh();
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var before = _state;
        var reading = Interlocked.Increment(ref _readings);
        var releases = await log.ReadReleasesAsync(cancellationToken);
        var history = before?.History ?? await ReadHistoryAsync(releases, cancellationToken);
        var channels = ImmutableArray.CreateBuilder<PublishedChannel>(releases.Count);
        foreach (var release in releases)
        {
            var nearest = Nearest(before, channels, release);
            (var content, history) = await ReadContentAsync(nearest, release, history, cancellationToken);
            channels.Add(new PublishedChannel(release, content));
        }

        _state = new PublishedState(reading, channels.ToImmutable(), history);
    }

    /// <summary>The loaded configuration from which the release is the fewest revisions away, going forward.</summary>
    private static EntitySet? Nearest(PublishedState? before, IEnumerable<PublishedChannel> loaded, Release release) =>
        (before?.Channels ?? []).Concat(loaded)
            .Select(channel => channel.Content)
            .Where(content => content.Revision <= release.Revision)
            .MaxBy(content => content.Revision);

    private async Task<(EntitySet Content, RevisionHistory History)> ReadContentAsync(
        EntitySet? nearest, Release release, RevisionHistory history, CancellationToken cancellationToken)
    {
        if (nearest?.Revision == release.Revision)
        {
            return (nearest, history);
        }

        if (nearest is not null && release.Revision - nearest.Revision <= options.HistoryLength)
        {
            try
            {
                var revisions = await log.ReadChangesAsync(nearest.Revision, release.Revision, cancellationToken);
                var content = revisions.Aggregate(nearest, (set, revision) => set.Apply(revision.Revision, revision.Changes));
                PublicationLog.Released(logger, release.Channel, release.Revision, content.Hash);
                return (content.At(release.Revision), history.Add(revisions));
            }
            catch (RevisionNotRetainedException)
            {
                // The snapshot below does without the log.
            }
        }

        var snapshot = await log.ReadSnapshotAsync(release.Revision, cancellationToken);
        var all = EntitySet.Of(snapshot.Revision, snapshot.Entities);
        PublicationLog.Released(logger, release.Channel, release.Revision, all.Hash);
        return (all, history);
    }

    /// <summary>Read once at the start, so that instances which were connected to another control plane get deltas from this one.</summary>
    private async Task<RevisionHistory> ReadHistoryAsync(IReadOnlyList<Release> releases, CancellationToken cancellationToken)
    {
        var history = RevisionHistory.OfCapacity(options.HistoryLength);
        var head = releases.Max(release => release.Revision);
        for (var length = (long)options.HistoryLength; length > 0; length /= 8)
        {
            try
            {
                return history.Add(await log.ReadChangesAsync(Math.Max(0, head - length), head, cancellationToken));
            }
            catch (RevisionNotRetainedException)
            {
                // The log was shortened: try less of it.
            }
        }

        return history;
    }

    private static TimeSpan Longer(TimeSpan retry) => retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
}
