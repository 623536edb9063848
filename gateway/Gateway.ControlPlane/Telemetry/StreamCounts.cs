using System.Collections.Concurrent;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>
/// About how many streams are remembered for each site: counted in the database now and then, and by what this replica added since. So the limit holds
/// within what other replicas add in a few minutes, and no export pays for counting a million rows.
/// </summary>
internal sealed class StreamCounts(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (DateTimeOffset ReadAt, int Count)> _sites = new(StringComparer.Ordinal);

    public async Task<int> ReadAsync(StoreContext context, string site, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_sites.TryGetValue(site, out var known) && now - known.ReadAt < Life && now >= known.ReadAt)
        {
            return known.Count;
        }

        var count = await context.TelemetryPoints.CountAsync(row => row.Site == site, cancellationToken);
        _sites[site] = (now, count);
        return count;
    }

    public void Added(string site, int streams)
    {
        if (streams > 0)
        {
            _sites.AddOrUpdate(site, _ => (DateTimeOffset.MinValue, streams), (_, known) => (known.ReadAt, known.Count + streams));
        }
    }
}
