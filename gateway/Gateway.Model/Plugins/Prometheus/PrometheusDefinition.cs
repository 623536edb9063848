using System.Text.Json;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Prometheus;

internal static class PrometheusDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<PrometheusConfig>
    {
        Name = "prometheus",
        Version = "1.0.0",
        Priority = 13,
        Fields =
        [
            Field.Flag("per_consumer", false),
            Field.Flag("status_code_metrics", false),
            Field.Flag("latency_metrics", false),
            Field.Flag("bandwidth_metrics", false),
            Field.Flag("upstream_health_metrics", false),

            // Exported configurations hold what is off; switching one on is refused.
            Off("ai_metrics"),
            Off("wasm_metrics"),
        ],
    };

    private static FieldSchema Off(string name) =>
        new(name, FieldType.Boolean) { Check = value => value.GetValueKind() is JsonValueKind.False ? null : "not supported by this version" };
}
