namespace Gateway.ControlPlane.Telemetry;

/// <summary>One site's part of <see cref="TelemetryTotals"/>.</summary>
internal sealed class SiteTotals(string site, int maximum, TimeSpan idleAfter)
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> OverflowAttributes = [new("otel.metric.overflow", "true")];

    /// <summary>Beyond the limit, for the overflow of families: one series each.</summary>
    private const int OverflowFamilies = 1000;

    private readonly Dictionary<(string Family, string Labels, bool IsHistogram), SeriesTotal> _series = [];
    private DateTimeOffset _clearedAt;

    public IEnumerable<SeriesTotal> Series => _series.Values;

    public void Add(SeriesGain gained, DateTimeOffset now)
    {
        var isHistogram = gained.Point.Buckets.Count > 0;
        var family = PrometheusNames.Family(gained.Point.Metric, gained.Point.Unit, isHistogram);
        var key = (Family: family, Labels: PrometheusNames.Labels(site, gained.Attributes), IsHistogram: isHistogram);
        if (!_series.TryGetValue(key, out var series))
        {
            MakeRoom(now);
            if (_series.Count >= maximum)
            {
                // A name beyond the limit shares one series with all such: metrics' names are bounded, too.
                family = _series.Count < maximum + OverflowFamilies ? family : PrometheusNames.Overflow(isHistogram);
                key = (family, PrometheusNames.Labels(site, OverflowAttributes), isHistogram);
            }

            if (!_series.TryGetValue(key, out series))
            {
                _series.Add(key, series = new SeriesTotal(key.Family, key.Labels, isHistogram));
            }
        }

        series.Add(gained.Gain, gained.Point.Bounds, now);
    }

    private void MakeRoom(DateTimeOffset now)
    {
        // Not at each new name: it reads all.
        if (_series.Count < maximum || now - _clearedAt < idleAfter / 24)
        {
            return;
        }

        _clearedAt = now;
        foreach (var (key, series) in _series)
        {
            if (now - series.ChangedAt > idleAfter)
            {
                _series.Remove(key);
            }
        }
    }
}
