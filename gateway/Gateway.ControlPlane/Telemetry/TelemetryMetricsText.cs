using System.Globalization;
using System.Text;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>What data planes and other exporters counted, in Prometheus' text format, version 0.0.4.</summary>
public sealed class TelemetryMetricsText
{
    /// <summary>Families of the control plane itself: nobody else's numbers go under their names.</summary>
    private static readonly string[] Reserved = ["gateway_tunnel_", "gateway_telemetry_"];

    private readonly TelemetryTotals _totals;

    internal TelemetryMetricsText(TelemetryTotals totals) => _totals = totals;

    public string Render()
    {
        var text = new StringBuilder();
        var hidden = 0;
        foreach (var family in _totals.Read().GroupBy(series => series.Family, StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            // One family has one type; a counter and a histogram of one name are not both shown.
            var isHistogram = family.First().IsHistogram;
            var shown = Reserved.Any(prefix => family.Key.StartsWith(prefix, StringComparison.Ordinal)) ? [] : family.Where(series => series.IsHistogram == isHistogram).ToList();
            hidden += family.Count() - shown.Count;
            if (shown.Count > 0)
            {
                Header(text, family.Key, isHistogram ? "histogram" : "counter", "As exporters counted it, folded by this control plane since it started.");
                foreach (var series in shown.OrderBy(series => series.Labels, StringComparer.Ordinal))
                {
                    Append(text, series);
                }
            }
        }

        Header(text, "gateway_telemetry_hidden_series", "gauge", "Series whose names are the control plane's own, or of two types: not shown here.");
        text.Append(CultureInfo.InvariantCulture, $"gateway_telemetry_hidden_series {hidden}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, SeriesTotal series)
    {
        if (!series.IsHistogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{series.Family}{{{series.Labels}}} {series.Count}\n");
            return;
        }

        var below = 0L;
        for (var i = 0; i < series.Bounds.Length; i++)
        {
            below += series.Buckets[i];
            text.Append(CultureInfo.InvariantCulture, $"{series.Family}_bucket{{{series.Labels},le=\"{series.Bounds[i]:R}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{series.Family}_bucket{{{series.Labels},le=\"+Inf\"}} {series.Count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{series.Family}_sum{{{series.Labels}}} {series.Sum:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"{series.Family}_count{{{series.Labels}}} {series.Count}\n");
    }

    private static void Header(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
