using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.GraphQLLimits;

internal static class GraphQLLimitsDefinition
{
    private const int MostDepth = 100;
    private const int MostUses = 100_000;
    private const int MostOperations = 1000;
    private const int LongestQuery = 1024 * 1024;

    public static PluginDefinition Create() => new PluginDefinition<GraphQLLimitsConfig>
    {
        Name = "graphql-limits",
        Version = "1.0.0",

        // After who calls is known, before anybody counts what the query costs.
        Priority = 903,
        Fields =
        [
            Field.Integer("max_depth", 15, 1, MostDepth),
            Field.Integer("max_aliases", 30, 0, MostUses),
            Field.Integer("max_directives", 50, 0, MostUses),
            Field.Integer("max_batch_size", 1, 1, MostOperations),
            Field.Integer("max_query_length", 20_000, 1, LongestQuery),
            Field.Flag("allow_introspection", false),
        ],
    };
}
