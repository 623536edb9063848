using Gateway.ControlPlane.Store.Databases;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>Reads the per-minute series.</summary>
internal sealed class RequestAnalytics(StoreDatabase database)
{
    public Task<List<RequestSample>> ReadAsync(RequestQuery query, CancellationToken cancellationToken) => database.ReadAsync(context =>
    {
        var from = query.From.ToUnixTimeSeconds() / 60 * 60;
        var to = query.To.ToUnixTimeSeconds();
        return context.RequestMinutes.AsNoTracking()
            .Where(row => row.Metric == query.Metric && row.Minute >= from && row.Minute <= to)
            .Where(row => (query.Site == null || row.Site == query.Site) && (query.Service == null || row.Service == query.Service)
                && (query.Route == null || row.Route == query.Route) && (query.Status == null || row.Status == query.Status))
            .GroupBy(row => new { row.Minute, row.Site, row.Service, row.Route, row.Status })
            .OrderBy(group => group.Key.Minute)
            .Select(group => new RequestSample(
                group.Key.Minute, group.Key.Site, group.Key.Service, group.Key.Route, group.Key.Status, group.Sum(row => row.Count), group.Sum(row => row.Sum)))
            .ToListAsync(cancellationToken);
    });
}
