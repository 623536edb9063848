using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Canary;

internal static class CanaryDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<CanaryConfig>
    {
        Name = "canary",
        Version = "1.1.0",
        Priority = 20,
        MayHaveConsumer = false,
        Fields =
        [
            new FieldSchema("start", FieldType.Number),
            Field.Choice("hash", "consumer", "consumer", "ip", "none", "allow", "deny", "header"),
            Field.Text("hash_header") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
            new FieldSchema("duration", FieldType.Number) { Default = 3600, Required = true, Check = value => GreaterThan(value, 0) },
            new FieldSchema("steps", FieldType.Number) { Default = 1000, Required = true, Check = value => GreaterThan(value, 1) },
            Field.Number("percentage", null, 0, 100),
            Field.Text("upstream_host") with { Check = value => Texts.HostProblem(value.GetValue<string>()) },
            Field.Integer("upstream_port", null, 1, 65535),
            Field.Text("upstream_uri"),
            Field.Flag("upstream_fallback", false),
            Field.List("groups", Field.Text("group")),
            Field.Text("canary_by_header_name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
        ],
        Checks = [RequireDestination],
    };

    private static string? GreaterThan(JsonNode value, int limit) =>
        double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) > limit ? null : $"value must be greater than {limit}";

    private static IEnumerable<ModelError> RequireDestination(JsonObject config)
    {
        if ((config["upstream_uri"] ?? config["upstream_host"] ?? config["upstream_port"]) is null)
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'config.upstream_uri', 'config.upstream_host', 'config.upstream_port'");
        }

        if ((string?)config["hash"] == "header" && config["hash_header"] is null)
        {
            yield return new ModelError("hash_header", "required field missing");
        }

        if ((string?)config["hash"] is "allow" or "deny" && config["groups"] is not JsonArray { Count: > 0 })
        {
            yield return new ModelError("groups", "required field missing", "groups of the acl plugin");
        }

        if (config["upstream_fallback"]!.GetValue<bool>() && config["upstream_host"] is null)
        {
            yield return new ModelError("upstream_host", "required field missing");
        }
    }
}
