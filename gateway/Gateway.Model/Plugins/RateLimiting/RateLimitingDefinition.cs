using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Plugins.Redis;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.RateLimiting;

internal static class RateLimitingDefinition
{
    private static readonly string[] Periods = ["second", "minute", "hour", "day", "month", "year"];

    public static PluginDefinition Create() => new PluginDefinition<RateLimitingConfig>
    {
        Name = "rate-limiting",
        Version = "1.1.0",
        Priority = 910,
        Fields =
        [
            .. Periods.Select(period => new FieldSchema(period, FieldType.Number) { Check = value => Number(value) > 0 ? null : "value must be greater than 0" }),
            Field.Choice("limit_by", "consumer", "consumer", "credential", "ip", "service", "header", "path", "consumer-group"),
            Field.Choice("policy", "local", "local", "redis") with { Unsupported = ["cluster"] },
            Field.Flag("fault_tolerant", true),
            Field.Flag("hide_client_headers", false),
            Field.Text("header_name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
            Field.Text("path") with { Check = value => Texts.PathProblem(value.GetValue<string>()) },
            RedisFields.Create(),
            SyncRate.Create(-1),
            Field.Integer("error_code", 429, 100, 599),
            Field.Text("error_message", "API rate limit exceeded"),
        ],
        Checks = [RequirePeriod, RequireOrder, RequireWhatIsLimitedBy, CheckRedis],
    };

    private static IEnumerable<ModelError> RequirePeriod(JsonObject config)
    {
        if (Periods.All(period => config[period] is null))
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'config.second', 'config.minute', 'config.hour', 'config.day', 'config.month', 'config.year'");
        }
    }

    // A longer period with a smaller limit would never let the shorter one be reached. Kong blames the whole config.
    private static IEnumerable<ModelError> RequireOrder(JsonObject config)
    {
        var limits = Periods.Where(period => config[period] is not null).Select(period => (Period: period, Limit: Number(config[period]!))).ToList();
        for (var i = 1; i < limits.Count; i++)
        {
            if (limits[i].Limit < limits[i - 1].Limit)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"The limit for {limits[i].Period}({limits[i].Limit:0.0}) cannot be lower than the limit for {limits[i - 1].Period}({limits[i - 1].Limit:0.0})");
                yield return new ModelError("", text);
            }
        }
    }

    private static IEnumerable<ModelError> RequireWhatIsLimitedBy(JsonObject config)
    {
        var by = config["limit_by"]!.GetValue<string>();
        if ((by == "header" && config["header_name"] is null) || (by == "path" && config["path"] is null))
        {
            yield return new ModelError(by == "header" ? "header_name" : "path", "required field missing");
        }
    }

    private static IEnumerable<ModelError> CheckRedis(JsonObject config) =>
        config["policy"]!.GetValue<string>() is "redis" ? RedisFields.Check(config)
        : Number(config["sync_rate"]!) > 0 ? [new ModelError("sync_rate", "value must be -1 where 'policy' is 'local'", "-1")]
        : [];

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
