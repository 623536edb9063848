using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>Reads where the releases stand.</summary>
internal sealed class ReleaseReader(StoreDatabase database, ControlPlaneOptions options, TimeProvider time)
{
    /// <summary>How many moves are shown.</summary>
    public const int MovesShown = 20;

    private readonly LastKnown<ReleaseStatus> _last = new();

    /// <summary>Whether the latest answer came from memory.</summary>
    public bool IsAway => _last.IsAway;

    /// <summary>With the database away: as it was read last.</summary>
    /// <exception cref="StoreUnavailableException">The database is away, and nothing was read before.</exception>
    public Task<ReleaseStatus> ReadAsync(CancellationToken cancellationToken) => _last.ReadAsync(() => database.ReadAsync(async context =>
    {
        await using var transaction = await database.BeginReadAsync(context, cancellationToken);
        return await ReadAsync(context, cancellationToken);
    }));

    /// <summary>Whether a stage is open.</summary>
    public Task<bool> HasStageAsync(CancellationToken cancellationToken) => database.ReadAsync(context =>
        context.Releases.AsNoTracking().AnyAsync(row => row.Channel == Release.StageChannel, cancellationToken));

    /// <summary>As the open transaction sees it.</summary>
    public async Task<ReleaseStatus> ReadAsync(StoreContext context, CancellationToken cancellationToken)
    {
        var head = (await context.Head.AsNoTracking().SingleAsync(cancellationToken)).Revision;
        var rows = await context.Releases.AsNoTracking().ToListAsync(cancellationToken);
        var stable = rows.Single(row => row.Channel == Release.StableChannel);
        var stage = rows.SingleOrDefault(row => row.Channel == Release.StageChannel);
        var moves = await context.ReleaseMoves.AsNoTracking().OrderByDescending(row => row.Number).Take(MovesShown).ToListAsync(cancellationToken);
        return new ReleaseStatus(head, stable.Revision, stable.Held, stage is null ? null : await ReadStageAsync(context, stage, cancellationToken), moves.ConvertAll(Move));
    }

    /// <summary>The registered sites that have all of the labels, in order.</summary>
    public static async Task<List<string>> SitesAsync(StoreContext context, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var selector = new Release(Release.StageChannel, 0, labels);
        var sites = await context.Sites.AsNoTracking().ToListAsync(cancellationToken);
        return [.. sites.Where(site => selector.Selects(LabelsJson.Read(site.Labels))).Select(site => site.Name).Order(StringComparer.Ordinal)];
    }

    private async Task<OpenStage> ReadStageAsync(StoreContext context, ReleaseRow row, CancellationToken cancellationToken)
    {
        var labels = LabelsJson.Read(row.Labels);
        var record = StageJson.Read(row.Stage!);
        var sites = await SitesAsync(context, labels, cancellationToken);
        // One whose control plane died without a word is not asked.
        var alive = (time.GetUtcNow() - options.InstanceDeadAfter).ToUnixTimeMilliseconds();
        var instances = await context.Instances.AsNoTracking()
            .Where(instance => instance.Connected && instance.LastSeen > alive && sites.Contains(instance.Site))
            .OrderBy(instance => instance.Id)
            .Select(instance => new StagedInstance(instance.Id, instance.Site, instance.Revision, instance.SyncStatus, instance.RefusedRevision, instance.LastRefusal))
            .ToListAsync(cancellationToken);
        var served = (await StagedTraffic.CountAsync(context, sites, record.Since, cancellationToken)).Since(record.AtStart);
        return new OpenStage(row.Revision, labels, record, sites, instances, served);
    }

    private static ReleaseMove Move(ReleaseMoveRow row) => new(
        Enum.Parse<ReleaseAction>(row.Action), row.Revision, row.Principal, row.SourceAddress, row.Reason, DateTimeOffset.FromUnixTimeMilliseconds(row.Time));
}
