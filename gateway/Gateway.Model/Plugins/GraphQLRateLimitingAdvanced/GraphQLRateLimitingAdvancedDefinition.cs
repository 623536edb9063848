using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Model.Plugins.RateLimitingAdvanced;
using Gateway.Model.Plugins.Redis;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;

internal static partial class GraphQLRateLimitingAdvancedDefinition
{
    private const int MostCosts = 1000;

    /// <summary>Far above any use, and far below where sums of costs lose digits.</summary>
    private const double Largest = 1_000_000_000;

    public static PluginDefinition Create() => new PluginDefinition<GraphQLRateLimitingAdvancedConfig>
    {
        Name = "graphql-rate-limiting-advanced",
        Version = "1.0.0",
        Priority = 902,
        Fields =
        [
            Field.List("limit", RateLimitingAdvancedDefinition.Positive("limit")) with { Required = true, MinimumLength = 1 },
            Field.List("window_size", RateLimitingAdvancedDefinition.Positive("size")) with { Required = true, MinimumLength = 1 },
            Field.Choice("window_type", "sliding", "fixed", "sliding"),
            Field.Choice("identifier", "consumer", "consumer", "credential", "ip"),
            Field.Text("namespace"),
            Field.Choice("strategy", "local", "local", "redis") with { Unsupported = ["cluster"] },
            SyncRate.Create(null),
            RedisFields.Create(),
            Field.Flag("hide_client_headers", false),
            Field.Choice("cost_strategy", "default", "default", "node_quantifier"),
            Field.Number("max_cost", 0, 0, Largest),
            Field.Number("score_factor", 1, 0, Largest) with { Check = value => FieldRules.Number(value) > 0 ? null : "value must be greater than 0" },
            Field.Flag("pass_all_downstream_headers", false),

            // Of Kong's shared memory: our counters have no name.
            Field.Text("dictionary_name", "kong_rate_limiting_counters"),
            Field.List("costs", Cost(), []) with { MaximumLength = MostCosts },
        ],
        Checks = [RateLimitingAdvancedDefinition.RequireALimitForEachWindow, RateLimitingAdvancedDefinition.CheckStrategy, RequireOneCostOfAField],
    };

    private static FieldSchema Cost() => Field.Record(
        "cost",
        Field.Text("type_path") with { Required = true, Check = value => TypePath().IsMatch(value.GetValue<string>()) ? null : "must be a type and a field, such as Query.allPeople" },
        Field.Number("add_constant", 1, 0, Largest),
        Field.List("add_arguments", Argument(), []),
        Field.Number("mul_constant", 1, 0, Largest),
        Field.List("mul_arguments", Argument(), []));

    private static FieldSchema Argument() =>
        Field.Text("argument") with { Check = value => Name().IsMatch(value.GetValue<string>()) ? null : "must be the name of an argument" };

    private static IEnumerable<ModelError> RequireOneCostOfAField(JsonObject config)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var costs = config["costs"]!.AsArray();
        for (var i = 0; i < costs.Count; i++)
        {
            if (!seen.Add(costs[i]!["type_path"]!.GetValue<string>()))
            {
                yield return new ModelError($"costs[{i}].type_path", "values must be distinct");
            }
        }
    }

    // The names of the specification's section 2.1.9.
    [GeneratedRegex(@"\A[_A-Za-z][_0-9A-Za-z]*\.[_A-Za-z][_0-9A-Za-z]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypePath();

    [GeneratedRegex(@"\A[_A-Za-z][_0-9A-Za-z]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
