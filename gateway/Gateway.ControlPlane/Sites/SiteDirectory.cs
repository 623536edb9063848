using System.Collections.Frozen;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.Tunnel.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Gateway.ControlPlane.Sites;

/// <summary>The registered sites and the revoked certificates, as last read; read again whenever they changed.</summary>
internal sealed class SiteDirectory(StoreDatabase database, StoreSignals signals, TimeProvider time) : BackgroundService, ISiteDirectory
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly StoreSignal _refreshed = new();
    private readonly SemaphoreSlim _refresh = new(1, 1);
    private volatile FrozenDictionary<string, Site> _sites = FrozenDictionary<string, Site>.Empty;
    private volatile FrozenSet<string> _revoked = FrozenSet<string>.Empty;

    public async ValueTask<Site?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_sites.TryGetValue(name, out var site))
        {
            return site;
        }

        try
        {
            // It may have been registered a moment ago, through another replica.
            await RefreshAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }

        return _sites.GetValueOrDefault(name);
    }

    public bool IsRevoked(string serialNumber) => _revoked.Contains(serialNumber);

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken) => _refreshed.WatchAsync(cancellationToken);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that an older reading never replaces a newer one.
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            var (rows, revoked) = await database.ReadAsync(async context => (
                await context.Sites.AsNoTracking().ToListAsync(cancellationToken),
                await context.RevokedCertificates.AsNoTracking().Select(row => row.SerialNumber).ToListAsync(cancellationToken)));
            _revoked = revoked.ToFrozenSet(StringComparer.Ordinal);
            _sites = rows.ToFrozenDictionary(row => row.Name, row => new Site(row.Name, row.Enabled, LabelsJson.Read(row.Labels)), StringComparer.Ordinal);
        }
        finally
        {
            _refresh.Release();
        }
    }

    public override void Dispose()
    {
        _refresh.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var version in signals.Sites.WatchAsync(stoppingToken))
            {
                while (!await TryRefreshAsync(stoppingToken))
                {
                    await Task.Delay(RetryDelay, time, stoppingToken);
                }

                _refreshed.Raise(version);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    // The outage itself is reported where replicas are listened to.
    private async Task<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
