using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>
/// An upstream's health checks, with all of Kong's fields, since every exported configuration holds them. They are off by default; what would switch one on is
/// refused by name as long as the balancer does not check.
/// </summary>
internal static class HealthcheckFields
{
    public static FieldSchema Create() => Field.Record(
        "healthchecks",
        Field.Record(
            "active",
            Field.Choice("type", "http", "http", "https", "grpc", "grpcs", "tcp"),
            Field.Number("timeout", 1, 0, 65535),
            Field.Integer("concurrency", 10, 1, 2147483648),
            Field.Text("http_path", "/"),
            Field.Text("https_sni"),
            Field.Flag("https_verify_certificate", true),
            new FieldSchema("headers", FieldType.Map) { Keys = Field.Text("name"), Values = Field.List("values", Field.Text("value")) },
            Field.Record("healthy", Off("interval"), Off("successes"), Statuses([200, 302])),
            Field.Record("unhealthy", Off("interval"), Off("http_failures"), Off("tcp_failures"), Off("timeouts"), Statuses([429, 404, 500, 501, 502, 503, 504, 505]))),
        Field.Record(
            "passive",
            Field.Choice("type", "http", "http", "https", "grpc", "grpcs", "tcp"),
            Field.Record(
                "healthy",
                Off("successes"),
                Statuses([200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308])),
            Field.Record("unhealthy", Off("http_failures"), Off("tcp_failures"), Off("timeouts"), Statuses([429, 500, 503]))),
        Off("threshold"));

    private static FieldSchema Off(string name) => new(name, FieldType.Number)
    {
        Default = 0,
        Required = true,
        Check = value => value.ToJsonString() is "0" or "0.0" ? null : "health checks are not supported by this version",
    };

    private static FieldSchema Statuses(int[] statuses) =>
        Field.Set("http_statuses", Field.Integer("status", null, 100, 999), new JsonArray([.. statuses.Select(status => JsonValue.Create(status))]));
}
