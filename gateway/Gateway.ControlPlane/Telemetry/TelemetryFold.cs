using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Tunnel.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>One export's points of one site, within the transaction that remembers them.</summary>
internal sealed class TelemetryFold
{
    /// <summary>Rows beyond the limit that overflow series may take: one for each metric that has too many.</summary>
    private const int OverflowRows = 1000;

    private static readonly IReadOnlyList<KeyValuePair<string, string>> OverflowAttributes = [new("otel.metric.overflow", "true")];

    private readonly StoreContext _context;
    private readonly Dictionary<StreamKey, TelemetryPointRow> _streams;
    private readonly Dictionary<SeriesKey, RequestMinuteRow> _minutes;
    private readonly Dictionary<long, int> _series;
    private readonly int _maximumSeries;
    private readonly int _streamRoom;
    private readonly List<SeriesGain> _gains = [];

    private TelemetryFold(
        StoreContext context,
        string site,
        IEnumerable<TelemetryPointRow> streams,
        IEnumerable<RequestMinuteRow> minutes,
        Dictionary<long, int> series,
        int maximumSeries,
        int streamRoom)
    {
        (_context, Site, _series, _maximumSeries, _streamRoom) = (context, site, series, maximumSeries, streamRoom);
        _streams = streams.ToDictionary(row => new StreamKey(row.Instance, row.Metric, row.AttributesHash, row.StartTime));
        _minutes = minutes.ToDictionary(row => new SeriesKey(row.Minute, row.Metric, row.AttributesHash));
    }

    public string Site { get; }

    /// <summary>What to add to the totals when the transaction has ended well.</summary>
    public IReadOnlyList<SeriesGain> Gains => _gains;

    public int NewStreams { get; private set; }

    public int Overflowed { get; private set; }

    public int Refused { get; private set; }

    /// <param name="points">All of this site.</param>
    public static async Task<TelemetryFold> ReadAsync(
        StoreContext context, string site, IReadOnlyList<TelemetryPoint> points, ControlPlaneOptions options, StreamCounts counts, CancellationToken cancellationToken)
    {
        var instances = points.Select(point => point.Instance).Distinct().ToList();
        var metrics = points.Select(point => point.Metric).Distinct(StringComparer.Ordinal).ToList();
        var hashes = points.Select(point => Hash(Describe(point.Attributes))).Append(Hash(Describe(OverflowAttributes))).Distinct(StringComparer.Ordinal).ToList();
        var times = points.Select(MinuteOf).Distinct().ToList();
        var streams = await context.TelemetryPoints
            .Where(row => row.Site == site && instances.Contains(row.Instance) && metrics.Contains(row.Metric) && hashes.Contains(row.AttributesHash))
            .ToListAsync(cancellationToken);
        var minutes = await context.RequestMinutes
            .Where(row => row.Site == site && times.Contains(row.Minute) && metrics.Contains(row.Metric) && hashes.Contains(row.AttributesHash))
            .ToListAsync(cancellationToken);
        var series = await context.RequestMinutes.Where(row => row.Site == site && times.Contains(row.Minute))
            .GroupBy(row => row.Minute).Select(minute => new { Minute = minute.Key, Count = minute.Count() })
            .ToDictionaryAsync(minute => minute.Minute, minute => minute.Count, cancellationToken);
        var room = options.MaxTelemetryStreams - await counts.ReadAsync(context, site, cancellationToken);
        return new TelemetryFold(context, site, streams, minutes, series, options.MaxTelemetrySeries, room);
    }

    public void Add(IEnumerable<TelemetryPoint> points)
    {
        foreach (var point in points.OrderBy(point => point.Time))
        {
            Add(point);
        }
    }

    private void Add(TelemetryPoint point)
    {
        var attributes = point.Attributes;
        var description = Describe(attributes);
        if (Stream(point, Hash(description)) is not { } last)
        {
            Refused++;
            return;
        }

        // A cumulative stream never shrinks: a smaller count is an older value, whatever its clock says.
        if (Ticks(point.Time) <= last.Time || point.Count < last.Count)
        {
            return;
        }

        var gain = Gain.Between(last, point);
        if (gain.IsNothing)
        {
            Remember(last, point);
            return;
        }

        if (Minute(point, attributes, description) is not { } minute)
        {
            attributes = OverflowAttributes;
            minute = Minute(point, attributes, Describe(attributes));
            if (minute is null)
            {
                Refused++;
                return;
            }

            Overflowed++;
        }

        Remember(last, point);
        minute.Add(gain, point.Bounds);
        _gains.Add(new SeriesGain(point, attributes, gain));
    }

    /// <summary>Null where the site has as many as it may have.</summary>
    private TelemetryPointRow? Stream(TelemetryPoint point, string hash)
    {
        var key = new StreamKey(point.Instance, point.Metric, hash, Ticks(point.StartTime));
        if (!_streams.TryGetValue(key, out var row))
        {
            if (NewStreams >= _streamRoom)
            {
                return null;
            }

            row = new TelemetryPointRow { Site = Site, Instance = key.Instance, Metric = key.Metric, AttributesHash = hash, StartTime = key.StartTime, Time = long.MinValue };
            _streams.Add(key, row);
            _context.TelemetryPoints.Add(row);
            NewStreams++;
        }

        return row;
    }

    /// <summary>Null where the site has as many series in this minute as it may have.</summary>
    private RequestMinuteRow? Minute(TelemetryPoint point, IReadOnlyList<KeyValuePair<string, string>> attributes, string description)
    {
        var key = new SeriesKey(MinuteOf(point), point.Metric, Hash(description));
        if (_minutes.TryGetValue(key, out var row))
        {
            return row;
        }

        var limit = _maximumSeries + (ReferenceEquals(attributes, OverflowAttributes) ? OverflowRows : 0);
        var series = _series.GetValueOrDefault(key.Minute);
        if (series >= limit)
        {
            return null;
        }

        _series[key.Minute] = series + 1;
        row = new RequestMinuteRow
        {
            Site = Site,
            Minute = key.Minute,
            Metric = key.Metric,
            AttributesHash = key.Attributes,
            Attributes = description,
            Service = Attribute(attributes, "service"),
            Route = Attribute(attributes, "route"),
            Status = Attribute(attributes, "status"),
        };
        _minutes.Add(key, row);
        _context.RequestMinutes.Add(row);
        return row;
    }

    private static void Remember(TelemetryPointRow row, TelemetryPoint point)
    {
        row.Time = Ticks(point.Time);
        row.Count = point.Count;
        row.Sum = point.Sum;
        row.Buckets = [.. point.Buckets];
    }

    private static string? Attribute(IReadOnlyList<KeyValuePair<string, string>> attributes, string name)
    {
        foreach (var (key, value) in attributes)
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

    private readonly record struct StreamKey(Guid Instance, string Metric, string Attributes, long StartTime);

    private readonly record struct SeriesKey(long Minute, string Metric, string Attributes);
}
