namespace Gateway.ControlPlane.Telemetry;

/// <summary>
/// What this process folded since it started, by site and series, for <c>/metrics</c>. Each replica shows its own part, so that their sum is the whole, as
/// Prometheus expects of targets; the exact record over restarts is the database's. Bounded for each site as the database's series are.
/// </summary>
internal sealed class TelemetryTotals(ControlPlaneOptions options, TimeProvider time)
{
    /// <summary>Where a site has as many series as it may have, those that gained nothing for so long make room.</summary>
    private static readonly TimeSpan IdleAfter = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SiteTotals> _sites = new(StringComparer.Ordinal);

    public void Add(string site, IReadOnlyList<SeriesGain> gains)
    {
        if (gains.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_sites.TryGetValue(site, out var totals))
            {
                _sites.Add(site, totals = new SiteTotals(site, options.MaxTelemetrySeries, IdleAfter));
            }

            foreach (var gain in gains)
            {
                totals.Add(gain, now);
            }
        }
    }

    /// <summary>Copies, ordered by family.</summary>
    public IReadOnlyList<SeriesTotal> Read()
    {
        lock (_lock)
        {
            return [.. _sites.Values.SelectMany(site => site.Series).Select(series => series.Copy())];
        }
    }
}
