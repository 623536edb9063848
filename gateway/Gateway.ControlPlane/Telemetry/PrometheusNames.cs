using System.Text;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>OpenTelemetry's names in Prometheus' text format, by OpenTelemetry's specification ("Prometheus and OpenMetrics Compatibility").</summary>
internal static class PrometheusNames
{
    /// <summary>Of a metric: characters that Prometheus does not know are underscores, then the unit, then <c>_total</c> for a counter.</summary>
    public static string Family(string metric, string unit, bool isHistogram)
    {
        var name = Sanitized(metric, allowColon: true);
        if (char.IsAsciiDigit(name[0]))
        {
            name = "_" + name;
        }

        if (UnitOf(unit) is { Length: > 0 } suffix && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        return isHistogram || name.EndsWith("_total", StringComparison.Ordinal) ? name : name + "_total";
    }

    /// <summary>Of what has no name of its own any more.</summary>
    public static string Overflow(bool isHistogram) => isHistogram ? "otel_metric_overflow" : "otel_metric_overflow_total";

    /// <summary>The site's, then the attributes' in order. Attributes whose names become the same are joined by a semicolon.</summary>
    public static string Labels(string site, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            var name = LabelName(key);
            values[name] = values.TryGetValue(name, out var before) ? $"{before};{value}" : value;
        }

        // What a site says of itself by a label of that name does not hide who it is.
        values.Remove("site", out var claimed);
        if (claimed is not null)
        {
            values["exported_site"] = claimed;
        }

        var text = new StringBuilder();
        Append(text, "site", site);
        foreach (var (name, value) in values)
        {
            text.Append(',');
            Append(text, name, value);
        }

        return text.ToString();
    }

    private static string LabelName(string key)
    {
        var name = Sanitized(key, allowColon: false);

        // Names that Prometheus gives a meaning of its own.
        return char.IsAsciiDigit(name[0]) || name is "le" or "quantile" || name.StartsWith("__", StringComparison.Ordinal) ? "attribute_" + name.TrimStart('_') : name;
    }

    private static void Append(StringBuilder text, string name, string value)
    {
        text.Append(name).Append("=\"");
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    private static string Sanitized(string name, bool allowColon)
    {
        if (name.Length == 0)
        {
            return "_";
        }

        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            var valid = char.IsAsciiLetterOrDigit(character) || character == '_' || (allowColon && character == ':');
            if (valid || text.Length == 0 || text[^1] != '_')
            {
                text.Append(valid ? character : '_');
            }
        }

        return text.ToString();
    }

    private static string UnitOf(string unit) => unit switch
    {
        "ms" => "milliseconds",
        "s" => "seconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "kBy" => "kilobytes",
        "MBy" => "megabytes",
        "" or "1" => "",
        _ when unit.StartsWith('{') => "",
        _ => Sanitized(unit, allowColon: false).Trim('_'),
    };
}
