using System.Collections.Immutable;
using System.Threading.Channels;
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
        var reader = new ContentReader(log, options.HistoryLength, before?.Channels ?? [], before?.History ?? await ReadHistoryAsync(releases, cancellationToken), before?.Recent);
        var channels = ImmutableArray.CreateBuilder<PublishedChannel>(releases.Count);
        foreach (var release in releases)
        {
            var content = await reader.ReadAsync(release.Revision, cancellationToken);
            channels.Add(new PublishedChannel(release, content));
            if (before?.Channels.Any(channel => channel.Release.Channel == release.Channel && channel.Release.Revision == release.Revision) != true)
            {
                PublicationLog.Released(logger, release.Channel, release.Revision, content.Entities.Hash);
            }
        }

        _state = new PublishedState(reading, channels.ToImmutable(), reader.History, reader.Recent);
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
                var revisions = await log.ReadChangesAsync(Math.Max(0, head - length), head, cancellationToken);
                return history.Add(revisions.Select(revision => KeyValuePair.Create(
                    revision.Revision, new MovedEntities([.. revision.Changes.Select(change => change.Key)], revision.TouchesLimited, IsExact: false))));
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
