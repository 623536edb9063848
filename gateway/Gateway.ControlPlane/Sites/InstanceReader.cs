using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites;

/// <summary>Lists the instances of all replicas.</summary>
internal sealed class InstanceReader(StoreDatabase database, InstanceDirectory directory, ControlPlaneOptions options, TimeProvider time)
{
    private volatile Remembered? _last;
    private volatile bool _isAway;

    /// <summary>Whether the latest answer came from memory.</summary>
    public bool IsAway => _isAway;

    /// <summary>
    /// In order of their ids, from after the given one. With the database away: as they were read last, and as this process has heard of them since.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database is away, and nothing was read before.</exception>
    public async Task<List<InstanceRecord>> ListAsync(Guid? after, int size, CancellationToken cancellationToken)
    {
        try
        {
            var found = await ReadAsync(after, size, cancellationToken);
            _isAway = false;
            return found;
        }
        catch (StoreUnavailableException) when (_last is not null)
        {
            _isAway = true;
            return ListRemembered(_last, after, size);
        }
    }

    /// <summary>Reads everything, for the time when the database is away.</summary>
    public async Task RememberAsync(CancellationToken cancellationToken) => _last = await database.ReadAsync(async context => new Remembered(
        await SitesAsync(context, cancellationToken),
        await context.Instances.AsNoTracking().ToListAsync(cancellationToken)));

    private List<InstanceRecord> ListRemembered(Remembered last, Guid? after, int size)
    {
        var rows = last.Rows.ToDictionary(row => row.Id);
        foreach (var state in directory.Unwritten)
        {
            rows[state.Id] = directory.RowOf(state);
        }

        return [.. rows.Values.Where(row => after is null || row.Id > after).OrderBy(row => row.Id).Take(size).Select(row => Record(row, last.Sites.GetValueOrDefault(row.Site)))];
    }

    private static Task<Dictionary<string, IReadOnlyDictionary<string, string>>> SitesAsync(StoreContext context, CancellationToken cancellationToken) =>
        context.Sites.AsNoTracking().ToDictionaryAsync(site => site.Name, site => LabelsJson.Read(site.Labels), StringComparer.Ordinal, cancellationToken);

    private Task<List<InstanceRecord>> ReadAsync(Guid? after, int size, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var sites = await SitesAsync(context, cancellationToken);
        var query = context.Instances.AsNoTracking();
        if (after is { } id)
        {
            query = query.Where(row => row.Id > id);
        }

        var rows = await query.OrderBy(row => row.Id).Take(size).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => Record(row, sites.GetValueOrDefault(row.Site)));
    });

    private InstanceRecord Record(InstanceRow row, IReadOnlyDictionary<string, string>? labels)
    {
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(row.LastSeen);
        return new InstanceRecord(
            row.Id,
            row.Hostname,
            row.Ip,
            row.Site,
            row.Version,
            labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
            row.ConfigurationHash,
            row.Revision,
            row.SyncStatus,
            seen,
            DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
            // Its control plane may have died without a word; where that one's clock was ahead, the last word comes from the future.
            row.Connected && (time.GetUtcNow() - seen).Duration() < options.InstanceDeadAfter,
            DateTimeOffset.FromUnixTimeMilliseconds(row.CertificateExpiry),
            row.CertificateAuthority,
            row.LastRefusal,
            JsonSerializer.Deserialize(row.Incompatibilities, StoreJson.Default.IReadOnlyListModelError)!);
    }

    private sealed record Remembered(Dictionary<string, IReadOnlyDictionary<string, string>> Sites, List<InstanceRow> Rows);
}
