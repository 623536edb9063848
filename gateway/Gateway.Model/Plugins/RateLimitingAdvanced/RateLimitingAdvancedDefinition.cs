using System.Text.Json.Nodes;
using Gateway.Model.Plugins.Redis;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.RateLimitingAdvanced;

internal static class RateLimitingAdvancedDefinition
{
    private static readonly string[] Identifiers = ["ip", "credential", "consumer", "service", "header", "path", "consumer-group"];

    public static PluginDefinition Create() => new PluginDefinition<RateLimitingAdvancedConfig>
    {
        Name = "rate-limiting-advanced",
        Version = "1.0.0",
        Priority = 910,
        Fields =
        [
            Field.List("limit", Positive("limit")) with { Required = true, MinimumLength = 1 },
            Field.List("window_size", Positive("size")) with { Required = true, MinimumLength = 1 },
            Field.Choice("window_type", "sliding", "fixed", "sliding"),
            Identifier("identifier", "consumer"),
            Field.Set("compound_identifier", Identifier("identifier", null)) with { MinimumLength = 1 },
            Field.Text("header_name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
            Field.Text("path") with { Check = value => Texts.PathProblem(value.GetValue<string>()) },
            Field.Text("namespace"),
            Field.Choice("strategy", "local", "local", "redis") with { Unsupported = ["cluster"] },
            SyncRate.Create(null),
            RedisFields.Create(),
            Field.Flag("hide_client_headers", false),
            Field.Number("retry_after_jitter_max", 0, 0, int.MaxValue),
            Field.Flag("disable_penalty", false),
            Field.Integer("error_code", 429, 100, 599),
            Field.Text("error_message", "API rate limit exceeded"),

            // Of Kong's shared memory: our counters have no name and need no lock.
            Field.Text("dictionary_name", "kong_rate_limiting_counters"),
            Field.Text("lock_dictionary_name", "kong_locks"),

            // Kong's older way to limit groups. A plugin of the group's own is the newer.
            Field.Flag("enforce_consumer_groups", false) with { Check = value => value.GetValue<bool>() ? "not supported by this version" : null },
            Unsupported.Field("consumer_groups", FieldType.Array),
            Unsupported.Field("throttling", FieldType.Record),
        ],
        Checks = [RequireALimitForEachWindow, RequireWhatIdentifies, CheckStrategy],
    };

    internal static FieldSchema Positive(string name) =>
        new(name, FieldType.Number) { Check = value => FieldRules.Number(value) > 0 ? null : "value must be greater than 0" };

    private static FieldSchema Identifier(string name, string? @default) =>
        Field.Choice(name, @default, Identifiers);

    internal static IEnumerable<ModelError> RequireALimitForEachWindow(JsonObject config)
    {
        var sizes = config["window_size"]!.AsArray();
        if (config["limit"]!.AsArray().Count != sizes.Count)
        {
            yield return new ModelError("limit", "You must provide the same number of windows and limits");
        }

        if (sizes.Select(size => FieldRules.Number(size!)).Distinct().Count() < sizes.Count)
        {
            yield return new ModelError("window_size", "values must be distinct");
        }
    }

    private static IEnumerable<ModelError> RequireWhatIdentifies(JsonObject config)
    {
        var identifiers = config["compound_identifier"] is JsonArray compound
            ? compound.Select(identifier => identifier!.GetValue<string>()).ToList()
            : [config["identifier"]!.GetValue<string>()];
        foreach (var (identifier, field) in new[] { ("header", "header_name"), ("path", "path") })
        {
            if (identifiers.Contains(identifier, StringComparer.Ordinal) && config[field] is null)
            {
                yield return new ModelError(field, "required field missing");
            }
        }
    }

    internal static IEnumerable<ModelError> CheckStrategy(JsonObject config) =>
        config["strategy"]!.GetValue<string>() is "redis" ? RedisFields.Check(config)
        : config["sync_rate"] is { } rate && FieldRules.Number(rate) >= 0 ? [new ModelError("sync_rate", "value must be -1 or null where 'strategy' is 'local'", "-1, null")]
        : [];
}
