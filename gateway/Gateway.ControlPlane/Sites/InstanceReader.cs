using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites;

/// <summary>Lists the instances of all replicas.</summary>
internal sealed class InstanceReader(StoreDatabase database, ControlPlaneOptions options, TimeProvider time)
{
    /// <summary>In order of their ids, from after the given one.</summary>
    public Task<List<InstanceRecord>> ListAsync(Guid? after, int size, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var sites = await context.Sites.AsNoTracking().ToDictionaryAsync(site => site.Name, site => LabelsJson.Read(site.Labels), StringComparer.Ordinal, cancellationToken);
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
            // Its control plane may have died without a word.
            row.Connected && time.GetUtcNow() - seen < options.InstanceDeadAfter,
            DateTimeOffset.FromUnixTimeMilliseconds(row.CertificateExpiry),
            row.LastRefusal,
            JsonSerializer.Deserialize(row.Incompatibilities, StoreJson.Default.IReadOnlyListModelError)!);
    }
}
