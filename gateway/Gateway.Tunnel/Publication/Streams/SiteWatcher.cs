using Gateway.Tunnel.Sites;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Tells live sessions what became of their sites, and ends all of them when the process stops.</summary>
internal sealed class SiteWatcher(
    ISiteDirectory sites, LiveSessions sessions, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SiteWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = lifetime.ApplicationStopping.Register(() => sessions.Close(StreamEnd.ShuttingDown));
        while (true)
        {
            try
            {
                await foreach (var _ in sites.WatchAsync(stoppingToken))
                {
                    await RefreshAsync(stoppingToken);
                }

                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                PublicationLog.SitesNotRead(logger, error);
                await Task.Delay(Retry, time, stoppingToken);

                // What was missed in between.
                await RefreshOrReportAsync(stoppingToken);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var group in sessions.All.GroupBy(session => session.Peer.Site, StringComparer.Ordinal))
        {
            var site = await sites.FindAsync(group.Key, cancellationToken);
            foreach (var session in group)
            {
                session.SetSite(site);
            }
        }
    }

    private async Task RefreshOrReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            PublicationLog.SitesNotRead(logger, error);
        }
    }
}
