using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Model.JsonSchemas;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.RequestValidator;

internal static partial class RequestValidatorDefinition
{
    private const string MediaTypeProblem = "invalid value";

    private static readonly string[] Together = ["style", "explode", "schema"];

    private static readonly Dictionary<string, string[]> Styles = new(StringComparer.Ordinal)
    {
        ["query"] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        ["header"] = ["simple"],
        ["path"] = ["simple", "label", "matrix"],
    };

    public static PluginDefinition Create() => new PluginDefinition<RequestValidatorConfig>
    {
        Name = "request-validator",
        Version = "1.0.0",
        Priority = 999,
        Fields =
        [
            Field.Text("body_schema"),
            Field.List("parameter_schema", new FieldSchema("parameter", FieldType.Record)
            {
                Fields =
                [
                    Field.Choice("in", null, "query", "header", "path") with { Required = true },
                    Field.Text("name") with { Required = true },
                    new FieldSchema("required", FieldType.Boolean) { Required = true },
                    Field.Choice("style", null, "label", "form", "matrix", "simple", "spaceDelimited", "pipeDelimited", "deepObject"),
                    new FieldSchema("explode", FieldType.Boolean),
                    Field.Text("schema") with { Check = value => ParameterProblem(value.GetValue<string>()) },
                ],
            }),
            Field.Choice("version", "kong", "kong", "draft4") with { Unsupported = ["draft6", "draft7", "draft201909", "draft202012"] },
            Field.List(
                "allowed_content_types",
                Field.Text("type") with { Check = value => MediaType().IsMatch(value.GetValue<string>()) ? null : $"{MediaTypeProblem}: {value.GetValue<string>()}" },
                ["application/json"]),
            Field.Flag("content_type_parameter_validation", true),
            Field.Flag("verbose_response", false),
        ],
        Checks = [RequireSchema, CheckBody, CheckParameters],
    };

    private static string? ParameterProblem(string schema) =>
        !JsonSchema.TryParse(schema, out var parsed, out var problem) ? problem
        : parsed.Type is null ? "the JSONschema is missing a top-level 'type' property"
        : null;

    private static IEnumerable<ModelError> RequireSchema(JsonObject config)
    {
        if (config["body_schema"] is null && config["parameter_schema"] is null)
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'config.body_schema', 'config.parameter_schema'");
        }
    }

    private static IEnumerable<ModelError> CheckBody(JsonObject config)
    {
        if ((string?)config["body_schema"] is not { } schema)
        {
            yield break;
        }

        string? problem;
        var isValid = (string?)config["version"] == "kong" ? KongSchema.TryParse(schema, out _, out problem) : JsonSchema.TryParse(schema, out _, out problem);
        if (!isValid)
        {
            yield return new ModelError("body_schema", problem!);
        }
    }

    private static IEnumerable<ModelError> CheckParameters(JsonObject config)
    {
        var index = 0;
        foreach (var parameter in (config["parameter_schema"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var where = $"parameter_schema[{index++}]";
            var given = Together.Count(name => parameter[name] is not null);
            if (given is 1 or 2)
            {
                yield return new ModelError(where, "all or none of these fields must be set: 'style', 'explode', 'schema'");
            }

            var place = (string?)parameter["in"];
            if (place is not null && Styles.TryGetValue(place, out var styles) && (string?)parameter["style"] is { } style && !styles.Contains(style, StringComparer.Ordinal))
            {
                yield return new ModelError($"{where}.style", $"style '{style}' not supported '{place}' parameter", string.Join(", ", styles));
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(\\s*;\\s*[A-Za-z0-9_.-]+=(\"[^\"]*\"|[^\\s;\"]+))*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MediaType();
}
