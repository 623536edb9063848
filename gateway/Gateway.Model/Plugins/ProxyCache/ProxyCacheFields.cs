using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.ProxyCache;

/// <summary>The fields that <c>proxy-cache</c> and <c>proxy-cache-advanced</c> have in common.</summary>
internal static class ProxyCacheFields
{
    private const int LongestSeconds = int.MaxValue;

    public static IReadOnlyList<FieldSchema> Create(params IReadOnlyList<string> strategies) =>
    [
        Field.List("response_code", Field.Integer("code", null, 100, 900), [200, 301, 404]) with { MinimumLength = 1 },
        Field.List("request_method", Field.Choice("method", null, "HEAD", "GET", "POST", "PATCH", "PUT"), ["HEAD", "GET"]),
        Field.List("content_type", Field.Text("type") with { Check = value => MediaTypeProblem(value.GetValue<string>()) }, ["text/plain", "application/json"]),
        Field.Integer("cache_ttl", 300, 1, LongestSeconds),
        Field.Choice("strategy", null, strategies) with { Required = true },
        Field.Flag("cache_control", false),
        Field.Flag("ignore_uri_case", false),
        Field.Integer("storage_ttl", null, 1, LongestSeconds),
        Field.Record("memory", Field.Text("dictionary_name", "kong_db_cache")),
        Field.List("vary_query_params", Field.Text("parameter")),
        Field.List("vary_headers", Field.Text("header") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) }),
        Field.Record("response_headers", Field.Flag("age", true), Field.Flag("X-Cache-Status", true), Field.Flag("X-Cache-Key", true)),
        Field.Integer("generation", 0, 0, int.MaxValue),
    ];

    private static string? MediaTypeProblem(string type) =>
        type.IndexOf('/', StringComparison.Ordinal) is var slash && slash > 0 && slash < type.Length - 1
            ? null
            : $"invalid media type: '{type}' (expected type/subtype)";
}
