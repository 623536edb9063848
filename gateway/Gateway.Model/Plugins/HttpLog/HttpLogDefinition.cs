using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.HttpLog;

internal static class HttpLogDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<HttpLogConfig>
    {
        Name = "http-log",
        Version = "1.0.0",
        Priority = 12,
        Fields =
        [
            Field.Text("http_endpoint") with { Required = true, Referenceable = true, Check = value => UrlProblem(value.GetValue<string>()) },
            Field.Choice("method", "POST", "POST", "PUT", "PATCH"),
            Field.Choice("content_type", "application/json", "application/json", "application/json; charset=utf-8"),
            Field.Number("timeout", 10000, 1, int.MaxValue),
            Field.Number("keepalive", 60000, 1, int.MaxValue),
            new FieldSchema("headers", FieldType.Map)
            {
                Keys = Field.Text("name") with { Check = value => HeaderProblem(value.GetValue<string>()) },
                Values = Field.Text("value") with { Referenceable = true },
            },
            QueueFields.Create(),
            Unsupported.Field("custom_fields_by_lua", FieldType.Map),

            // Before Kong 3.3; exported configurations hold their defaults, which say nothing.
            Deprecated("retry_count", "10"),
            Deprecated("queue_size", "1"),
            Deprecated("flush_timeout", "2"),
        ],
        Checks = [OneAuthorization],
    };

    private static FieldSchema Deprecated(string name, string @default) => new(name, FieldType.Number)
    {
        Check = value => value.ToJsonString() == @default ? null : "not supported by this version; use config.queue",
    };

    private static string? UrlProblem(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme is "http" or "https") && parsed.Host.Length > 0 ? null : "missing host in url";

    private static string? HeaderProblem(string name) =>
        name.ToLowerInvariant() is "host" or "content-length" or "content-type" ? $"cannot contain '{name}' header" : Texts.HeaderNameProblem(name);

    private static IEnumerable<ModelError> OneAuthorization(JsonObject config)
    {
        if (Uri.TryCreate((string?)config["http_endpoint"], UriKind.Absolute, out var url)
            && url.UserInfo.Length > 0
            && config["headers"] is JsonObject headers
            && headers.Any(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase)))
        {
            yield return new ModelError("", "specifying both an 'Authorization' header and user info in 'http_endpoint' is not allowed");
        }
    }
}
