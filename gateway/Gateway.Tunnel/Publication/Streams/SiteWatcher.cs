using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Sites;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Tells live sessions what became of their sites, certificates and authorities, and ends all of them when the process stops.</summary>
internal sealed class SiteWatcher(
    ISiteDirectory sites,
    LiveSessions sessions,
    CertificateFiles certificates,
    CertificateIssuer issuer,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SiteWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>Ends the session, or gives it its site as it is now.</summary>
    public async ValueTask RefreshAsync(InstanceSession session, CancellationToken cancellationToken) =>
        Refresh(session, await sites.FindAsync(session.Peer.Site, cancellationToken));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = lifetime.ApplicationStopping.Register(() => sessions.Close(StreamEnd.ShuttingDown));
        certificates.Changed += OnAuthoritiesChanged;
        issuer.Changed += OnAuthoritiesChanged;
        try
        {
            await WatchAsync(stoppingToken);
        }
        finally
        {
            certificates.Changed -= OnAuthoritiesChanged;
            issuer.Changed -= OnAuthoritiesChanged;
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
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
                Refresh(session, site);
            }
        }
    }

    private void Refresh(InstanceSession session, Site? site)
    {
        if (sites.IsRevoked(session.Peer.Connection.SerialNumber))
        {
            session.End(StreamEnd.CertificateRevoked);
        }
        else
        {
            session.SetSite(site);
        }

        EndWhereNotTrusted(session);
    }

    private void OnAuthoritiesChanged(object? sender, EventArgs changed)
    {
        foreach (var session in sessions.All)
        {
            EndWhereNotTrusted(session);
            session.Wake();
        }
    }

    private void EndWhereNotTrusted(InstanceSession session)
    {
        if (session.Peer.Connection.Reconsider(certificates.Current, time.GetUtcNow(), grace: TimeSpan.Zero) is not null)
        {
            session.End(StreamEnd.CertificateNotTrusted);
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
