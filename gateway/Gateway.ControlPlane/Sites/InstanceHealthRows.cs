using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Health;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Sites;

/// <summary>Writes what instances report of their targets.</summary>
internal static class InstanceHealthRows
{
    /// <summary>Each report replaces the instance's last. Those of instances that are not listed are dropped.</summary>
    public static async Task ReplaceAsync(StoreContext context, IReadOnlyDictionary<Guid, HealthReport> reports, CancellationToken cancellationToken)
    {
        var ids = reports.Keys.ToList();
        var listed = await context.Instances.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        var known = await context.InstanceUpstreams
            .Where(row => ids.Contains(row.Instance))
            .ToDictionaryAsync(row => (row.Instance, row.Upstream), cancellationToken);
        foreach (var instance in listed)
        {
            foreach (var upstream in reports[instance].Upstreams)
            {
                var text = JsonSerializer.Serialize(upstream, StoreJson.Default.UpstreamReport);
                if (known.Remove((instance, upstream.Upstream), out var row))
                {
                    row.Report = text;
                }
                else
                {
                    context.InstanceUpstreams.Add(new InstanceUpstreamRow { Instance = instance, Upstream = upstream.Upstream, Report = text });
                }
            }
        }

        context.InstanceUpstreams.RemoveRange(known.Values);
    }
}
