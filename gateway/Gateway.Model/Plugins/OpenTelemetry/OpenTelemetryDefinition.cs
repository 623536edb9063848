using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.OpenTelemetry;

internal static class OpenTelemetryDefinition
{
    private static readonly string[] OtherFormats = ["jaeger", "ot", "aws", "datadog", "gcp", "instana"];

    public static PluginDefinition Create() => new PluginDefinition<OpenTelemetryConfig>
    {
        Name = "opentelemetry",
        Version = "1.0.0",
        Priority = 14,
        Fields =
        [
            Url("traces_endpoint"),
            Url("endpoint"),
            Unsupported.Field("logs_endpoint", FieldType.String),
            Unsupported.Field("access_logs_endpoint", FieldType.String),
            Unsupported.Field("metrics", FieldType.Record),
            new FieldSchema("headers", FieldType.Map)
            {
                Keys = Field.Text("name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
                Values = Field.Text("value") with { Referenceable = true },
            },
            new FieldSchema("resource_attributes", FieldType.Map) { Keys = Field.Text("name"), Values = Field.Text("value") },
            Field.Number("sampling_rate", null, 0, 1),
            Field.Choice("sampling_strategy", "parent_drop_probability_fallback", "parent_drop_probability_fallback", "parent_probability_fallback"),
            Field.Choice("header_type", "preserve", "preserve", "ignore", "w3c", "b3", "b3-single") with { Unsupported = OtherFormats },
            Field.Record(
                "propagation",
                Field.List("extract", Field.Choice("format", null, "w3c", "b3") with { Unsupported = OtherFormats }),
                Field.List("clear", Field.Text("header") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) }),
                Field.List("inject", Field.Choice("format", null, "preserve", "w3c", "b3", "b3-single") with { Unsupported = OtherFormats }),
                Field.Choice("default_format", "w3c", "w3c", "b3", "b3-single") with { Unsupported = OtherFormats }),
            Field.Text("http_response_header_for_traceid") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
            Field.Number("connect_timeout", 1000, 0, int.MaxValue),
            Field.Number("send_timeout", 5000, 0, int.MaxValue),
            Field.Number("read_timeout", 5000, 0, int.MaxValue),
            QueueFields.Create() with { Fields = [.. QueueFields.Create().Fields.Select(static field => field.Name == "max_batch_size" ? field with { Default = 200 } : field)] },
        ],
        Checks = [RequireEndpoint],
    };

    private static FieldSchema Url(string name) => Field.Text(name) with
    {
        Referenceable = true,
        Check = value => Uri.TryCreate(value.GetValue<string>(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 ? null : "expected an http or https URL",
    };

    private static IEnumerable<ModelError> RequireEndpoint(JsonObject config)
    {
        if (config["traces_endpoint"] is null && config["endpoint"] is null)
        {
            yield return new ModelError("traces_endpoint", "required field missing", "an OTLP receiver, such as http://collector:4318/v1/traces");
        }
    }
}
