using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>Folds what data planes count into per-minute series.</summary>
internal sealed class TelemetryStore(StoreDatabase database) : ITelemetryStore
{
    public async Task FoldAsync(IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken)
    {
        if (points.Count == 0)
        {
            return;
        }

        try
        {
            await using var context = database.CreateContext();
            await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
            // An export that is repeated through another replica waits for the first. In one order, so that two folds never wait for each other.
            foreach (var site in points.Select(point => point.Site).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                await database.LockNameAsync(context, $"telemetry/{site}", cancellationToken);
            }

            await FoldAsync(context, points, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable or StoreFailure.Conflict)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }
    }

    private static async Task FoldAsync(StoreContext context, IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken)
    {
        var described = points.Select(point => (Point: point, Attributes: Describe(point.Attributes))).ToList();
        var streams = await ReadStreamsAsync(context, points, cancellationToken);
        var minutes = await ReadMinutesAsync(context, points, cancellationToken);
        foreach (var (point, attributes) in described.OrderBy(item => item.Point.Time))
        {
            var hash = Hash(attributes);
            var gain = Advance(context, streams, point, hash);
            if (gain is { IsNothing: false } gained)
            {
                Minute(context, minutes, point, attributes, hash).Add(gained, point.Bounds);
            }
        }
    }

    private static async Task<Dictionary<StreamKey, TelemetryPointRow>> ReadStreamsAsync(StoreContext context, IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken)
    {
        var sites = points.Select(point => point.Site).Distinct(StringComparer.Ordinal).ToList();
        var instances = points.Select(point => point.Instance).Distinct().ToList();
        var metrics = points.Select(point => point.Metric).Distinct(StringComparer.Ordinal).ToList();
        var rows = await context.TelemetryPoints
            .Where(row => sites.Contains(row.Site) && instances.Contains(row.Instance) && metrics.Contains(row.Metric)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => new StreamKey(row.Site, row.Instance, row.Metric, row.AttributesHash, row.StartTime));
    }

    private static async Task<Dictionary<SeriesKey, RequestMinuteRow>> ReadMinutesAsync(StoreContext context, IReadOnlyList<TelemetryPoint> points, CancellationToken cancellationToken)
    {
        var sites = points.Select(point => point.Site).Distinct(StringComparer.Ordinal).ToList();
        var metrics = points.Select(point => point.Metric).Distinct(StringComparer.Ordinal).ToList();
        var times = points.Select(MinuteOf).Distinct().ToList();
        var rows = await context.RequestMinutes
            .Where(row => sites.Contains(row.Site) && times.Contains(row.Minute) && metrics.Contains(row.Metric)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => new SeriesKey(row.Site, row.Minute, row.Metric, row.AttributesHash));
    }

    /// <summary>What the stream gained over its last point, null where this one is not newer.</summary>
    private static Gain? Advance(StoreContext context, Dictionary<StreamKey, TelemetryPointRow> streams, TelemetryPoint point, string hash)
    {
        var key = new StreamKey(point.Site, point.Instance, point.Metric, hash, Ticks(point.StartTime));
        if (!streams.TryGetValue(key, out var last))
        {
            last = new TelemetryPointRow { Site = key.Site, Instance = key.Instance, Metric = key.Metric, AttributesHash = hash, StartTime = key.StartTime, Time = long.MinValue };
            streams.Add(key, last);
            context.TelemetryPoints.Add(last);
        }

        var time = Ticks(point.Time);
        // A cumulative stream never shrinks: a smaller count is an older value, whatever its clock says.
        if (time <= last.Time || point.Count < last.Count)
        {
            return null;
        }

        var gain = Gain.Between(last, point);
        last.Time = time;
        last.Count = point.Count;
        last.Sum = point.Sum;
        last.Buckets = [.. point.Buckets];
        return gain;
    }

    private static RequestMinuteRow Minute(
        StoreContext context, Dictionary<SeriesKey, RequestMinuteRow> minutes, TelemetryPoint point, string attributes, string hash)
    {
        var key = new SeriesKey(point.Site, MinuteOf(point), point.Metric, hash);
        if (!minutes.TryGetValue(key, out var row))
        {
            row = new RequestMinuteRow
            {
                Site = key.Site,
                Minute = key.Minute,
                Metric = key.Metric,
                AttributesHash = hash,
                Attributes = attributes,
                Service = Attribute(point, "service"),
                Route = Attribute(point, "route"),
                Status = Attribute(point, "status"),
            };
            minutes.Add(key, row);
            context.RequestMinutes.Add(row);
        }

        return row;
    }

    private static string? Attribute(TelemetryPoint point, string name)
    {
        foreach (var (key, value) in point.Attributes)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    private static string Describe(IReadOnlyList<KeyValuePair<string, string>> attributes) =>
        JsonSerializer.Serialize(
            attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal), StoreJson.Default.DictionaryStringString);

    // 128 bits tell any two series apart.
    private static string Hash(string attributes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(attributes)).AsSpan(0, 16));

    private static long MinuteOf(TelemetryPoint point) => point.Time.ToUnixTimeSeconds() / 60 * 60;

    private static long Ticks(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks;

    private readonly record struct StreamKey(string Site, Guid Instance, string Metric, string Attributes, long StartTime);

    private readonly record struct SeriesKey(string Site, long Minute, string Metric, string Attributes);
}
