using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>An upstream's health checks: Kong's fields, ranges and defaults. All are off by default.</summary>
internal static class HealthcheckFields
{
    private const double LongestSeconds = 65535;
    private const double MostCounts = 255;

    private static readonly string[] Types = ["tcp", "http", "https", "grpc", "grpcs"];

    public static FieldSchema Create() => Field.Record(
        "healthchecks",
        Field.Record(
            "active",
            Field.Choice("type", "http", Types),
            Field.Number("timeout", 1, 0, LongestSeconds),
            Field.Integer("concurrency", 10, 1, 2147483648),
            Field.Text("http_path", "/") with { Check = value => Texts.PathProblem(value.GetValue<string>()) },
            Field.Text("https_sni") with { Check = value => Texts.HostProblem(value.GetValue<string>()) },
            Field.Flag("https_verify_certificate", true),
            new FieldSchema("headers", FieldType.Map)
            {
                Keys = Field.Text("name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
                Values = Field.List("values", Field.Text("value") with { Check = value => Texts.HeaderValueProblem(value.GetValue<string>()) }),
            },
            Field.Record("healthy", Interval(), Count("successes"), Statuses([200, 302])),
            Field.Record("unhealthy", Interval(), Count("http_failures"), Count("tcp_failures"), Count("timeouts"), Statuses([429, 404, 500, 501, 502, 503, 504, 505]))),
        Field.Record(
            "passive",
            Field.Choice("type", "http", Types),
            Field.Record(
                "healthy",
                Count("successes"),
                Statuses([200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308])),
            Field.Record("unhealthy", Count("http_failures"), Count("tcp_failures"), Count("timeouts"), Statuses([429, 500, 503]))),
        Field.Number("threshold", 0, 0, 100));

    private static FieldSchema Interval() => Field.Number("interval", 0, 0, LongestSeconds);

    private static FieldSchema Count(string name) => Field.Integer(name, 0, 0, MostCounts);

    private static FieldSchema Statuses(int[] statuses) =>
        Field.Set("http_statuses", Field.Integer("status", null, 100, 999), new JsonArray([.. statuses.Select(status => JsonValue.Create(status))]));
}
