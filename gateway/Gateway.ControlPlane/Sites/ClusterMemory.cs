using Gateway.ControlPlane.Publication.Releases;
using Gateway.ControlPlane.Store;
using Microsoft.Extensions.Hosting;

namespace Gateway.ControlPlane.Sites;

/// <summary>Reads what <c>/clustering</c> shows at start, when a release or a site moved and now and then, so that there is something to show when the database goes away.</summary>
internal sealed class ClusterMemory(
    InstanceReader instances, SiteRegistry sites, ReleaseReader releases, StoreSignals signals, ControlPlaneOptions options, TimeProvider time) : BackgroundService
{
    // A writer that is busy must not have everything read again with each of its writes.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(() => ReadAllAsync(cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                FollowAsync(signals.Releases, () => releases.ReadAsync(stoppingToken), stoppingToken),
                FollowAsync(signals.Sites, () => sites.ListAsync(stoppingToken), stoppingToken),
                PollAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    private async Task FollowAsync(StoreSignal signal, Func<Task> read, CancellationToken stoppingToken)
    {
        await foreach (var _ in signal.WatchAsync(stoppingToken))
        {
            await TryAsync(read);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    // What instances report moves nothing that is signalled.
    private async Task PollAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.InstanceDeadAfter / 3, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => ReadAllAsync(stoppingToken));
        }
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        await instances.RememberAsync(cancellationToken);
        await sites.ListAsync(cancellationToken);
        await releases.ReadAsync(cancellationToken);
    }

    // The outage itself is reported where replicas are listened to; what was read before stays.
    private static async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (StoreUnavailableException)
        {
            return;
        }
    }
}
