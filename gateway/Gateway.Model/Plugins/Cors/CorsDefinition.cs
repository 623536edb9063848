using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Cors;

internal static class CorsDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<CorsConfig>
    {
        Name = "cors",
        Version = "1.0.0",
        Priority = 2000,
        MayHaveConsumer = false,
        Fields =
        [
            Field.List("origins", Field.Text("origin") with { Check = value => OriginProblem(value.GetValue<string>()) }),
            Field.List("headers", Field.Text("header")),
            Field.List("exposed_headers", Field.Text("header")),
            Field.List(
                "methods",
                Field.Choice("method", null, "GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"),
                ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"]),
            new FieldSchema("max_age", FieldType.Number),
            Field.Flag("credentials", false),
            Field.Flag("private_network", false),
            Field.Flag("preflight_continue", false),
            Field.Flag("allow_origin_absent", true),
        ],
    };

    private static string? OriginProblem(string origin) => origin is "*" || Texts.RegexProblem(origin) is null ? null : $"'{origin}' is not a valid regex";
}
