using Gateway.ControlPlane.Admin.Analytics;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>What sites served, from the telemetry that has arrived.</summary>
internal static class StagedTraffic
{
    /// <summary>How far back "before" reaches.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <param name="since">Start of the first minute, Unix time in whole seconds.</param>
    public static async Task<RequestCounts> CountAsync(StoreContext context, IReadOnlyCollection<string> sites, long since, CancellationToken cancellationToken)
    {
        var groups = await context.RequestMinutes.AsNoTracking()
            .Where(row => row.Metric == AnalyticsRoutes.DefaultMetric && row.Minute >= since && sites.Contains(row.Site))
            .GroupBy(row => row.Status)
            .Select(group => new { Status = group.Key, Count = group.Sum(row => row.Count) })
            .ToListAsync(cancellationToken);
        return new RequestCounts(
            groups.Sum(group => group.Count),
            groups.Where(group => group.Status?.StartsWith('5') == true).Sum(group => group.Count));
    }

    public static long MinuteOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60 * 60;
}
