using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pulumi;

namespace Hybrid.Infra.Monitoring;

/// <summary>Writes a dashboard's body: one graph for each metric, over all that it is measured on.</summary>
internal static class DashboardBody
{
    private const int Columns = 3;
    private const int Width = 8;
    private const int Height = 6;

    public static Output<string> Write(string region, int period, ImmutableArray<AlarmRule> rules) =>
        Output.All(rules.SelectMany(rule => rule.Dimensions.OrderBy(dimension => dimension.Key, StringComparer.Ordinal).Select(dimension => dimension.Value)))
            .Apply(values => Write(region, period, rules, values));

    private static string Write(string region, int period, ImmutableArray<AlarmRule> rules, ImmutableArray<string> values)
    {
        var next = 0;
        var measured = rules.Select(rule => (Rule: rule, Dimensions: rule.Dimensions.Keys.Order(StringComparer.Ordinal).Select(name => (name, values[next++])).ToArray())).ToArray();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("widgets");
            var index = 0;
            foreach (var graph in measured.GroupBy(item => (item.Rule.Namespace, item.Rule.Metric)))
            {
                json.WriteStartObject();
                json.WriteString("type", "metric");
                json.WriteNumber("x", index % Columns * Width);
                json.WriteNumber("y", index / Columns * Height);
                json.WriteNumber("width", Width);
                json.WriteNumber("height", Height);
                json.WriteStartObject("properties");
                json.WriteString("title", graph.Key.Metric);
                json.WriteString("region", region);
                json.WriteNumber("period", period);
                json.WriteString("stat", graph.First().Rule.Statistic);
                json.WriteStartArray("metrics");
                foreach (var (rule, dimensions) in graph)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(rule.Namespace);
                    json.WriteStringValue(rule.Metric);
                    foreach (var (name, value) in dimensions)
                    {
                        json.WriteStringValue(name);
                        json.WriteStringValue(value);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
                index++;
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
