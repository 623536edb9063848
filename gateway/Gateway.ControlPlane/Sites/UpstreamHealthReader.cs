using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store.Databases;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites;

/// <summary>What the instances that are connected, through any replica, say of an upstream.</summary>
internal sealed class UpstreamHealthReader(StoreDatabase database, ControlPlaneOptions options, TimeProvider time)
{
    public Task<List<UpstreamHealthRecord>> ListAsync(Guid upstream, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        // An instance whose control plane died without a word shows as connected.
        var heardSince = (time.GetUtcNow() - options.InstanceDeadAfter).ToUnixTimeMilliseconds();
        var rows = await context.InstanceUpstreams.AsNoTracking()
            .Where(row => row.Upstream == upstream)
            .Join(
                context.Instances.Where(instance => instance.Connected && instance.LastSeen > heardSince),
                row => row.Instance,
                instance => instance.Id,
                (row, instance) => new { instance.Id, instance.Site, instance.Hostname, row.Report })
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new UpstreamHealthRecord(
            row.Id, row.Site, row.Hostname, JsonSerializer.Deserialize(row.Report, StoreJson.Default.UpstreamReport)!));
    });
}
