using System.Text.Json.Nodes;
using Gateway.Model.Plugins.Redis;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.GraphQLProxyCacheAdvanced;

internal static class GraphQLProxyCacheAdvancedDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<GraphQLProxyCacheAdvancedConfig>
    {
        Name = "graphql-proxy-cache-advanced",
        Version = "1.0.0",
        Priority = 99,
        Fields =
        [
            Field.Choice("strategy", "memory", "memory", "redis"),
            Field.Integer("cache_ttl", 300, 1, int.MaxValue),
            Field.Record("memory", Field.Text("dictionary_name", "kong_db_cache")),
            Field.List("vary_headers", Field.Text("header") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) }),
            Field.Flag("bypass_on_err", false),
            RedisFields.Create(),
            Field.Integer("generation", 0, 0, int.MaxValue),
        ],
        Checks = [CheckRedis],
    };

    private static IEnumerable<ModelError> CheckRedis(JsonObject config) => config["strategy"]!.GetValue<string>() is "redis" ? RedisFields.Check(config) : [];
}
