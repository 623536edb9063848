using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Store.Starting;

/// <summary>
/// Opens the store before anything that needs it starts: schema, first rows, credential hash key, sites. Waits for a database that is away, and says so.
/// </summary>
internal sealed partial class StoreStart(
    StoreDatabase database, CredentialHashKeys hashKeys, SiteDirectory sites, StoreSignals signals, ControlPlaneOptions options, KeyRingState ring, TimeProvider time, ILogger<StoreStart> logger)
    : IHostedService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ring.ReadableByOthers)
        {
            LogReadable(ring.Path);
        }

        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await database.PrepareAsync(InitialiseAsync, cancellationToken);
                await sites.RefreshAsync(cancellationToken);
                LogOpened(database.Description);
                return;
            }
            catch (Exception exception) when (exception is StoreUnavailableException || database.Classify(exception) == StoreFailure.Unavailable)
            {
                LogWaiting(database.Description, exception.GetBaseException().Message, delay.TotalSeconds);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // No other process initialises meanwhile: the caller holds the schema's lock.
    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        await using (var context = database.CreateContext())
        {
            await using var transaction = await database.BeginWriteAsync(context, alone: true, cancellationToken);
            if (!await context.Head.AnyAsync(cancellationToken))
            {
                context.Head.Add(new HeadRow());
                context.Releases.Add(new ReleaseRow { Channel = Release.StableChannel, Revision = 0 });
            }

            await RegisterSitesAsync(context, cancellationToken);
            if (database.IsExclusive)
            {
                // A process that was killed could not say that its streams ended. Among several replicas, silence says it after a while.
                await context.Instances.Where(row => row.Connected).ExecuteUpdateAsync(row => row.SetProperty(instance => instance.Connected, false), cancellationToken);
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await hashKeys.OpenAsync(cancellationToken);
        await using var reading = database.CreateContext();
        signals.See(await reading.Head.AsNoTracking().SingleAsync(cancellationToken));
    }

    private async Task RegisterSitesAsync(StoreContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var site in options.Sites)
        {
            if (!SiteNames.IsValid(site.Name))
            {
                throw new StartRefusedException($"the site '{site.Name}' has an invalid name; allowed: {SiteNames.Allowed}");
            }

            if (!await context.Sites.AnyAsync(row => row.Name == site.Name, cancellationToken))
            {
                context.Sites.Add(new SiteRow { Name = site.Name, Labels = LabelsJson.Write(site.Labels), CreatedAt = now, UpdatedAt = now });
            }
        }
    }

    [LoggerMessage(EventId = 3010, Level = LogLevel.Information, Message = "The store {Database} is open")]
    private partial void LogOpened(string database);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "The database {Database} can't be reached: {Reason}; next try in {Seconds} s")]
    private partial void LogWaiting(string database, string reason, double seconds);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Warning, Message = "The key ring {Path} can be read by others; better: mode 0600 or 0440")]
    private partial void LogReadable(string path);
}
