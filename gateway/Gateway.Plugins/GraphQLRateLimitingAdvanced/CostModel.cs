using Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;
using GraphQLParser.AST;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>A schema with what its fields cost.</summary>
internal sealed class CostModel
{
    /// <summary>Without a schema: for plugins that give no field a cost of its own.</summary>
    public static readonly CostModel Plain = new();

    private readonly Dictionary<string, CostedType>.AlternateLookup<ReadOnlySpan<char>> _types;
    private readonly UpstreamSchema? _schema;

    private CostModel() => _types = new Dictionary<string, CostedType>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public CostModel(UpstreamSchema schema, IReadOnlyList<GraphQLCost> costs)
        : this()
    {
        _schema = schema;
        var types = schema.Types.ToDictionary(type => type.Key, _ => new CostedType(), StringComparer.Ordinal);
        var byPath = costs.ToDictionary(cost => cost.TypePath, StringComparer.Ordinal);
        foreach (var (name, fields) in schema.Types)
        {
            foreach (var (field, known) in fields)
            {
                var type = known.Type is { } result ? types.GetValueOrDefault(result) : null;
                types[name].Add(field, new CostedField(type, CostOf(byPath, name, field), known.Defaults));
            }

            _types[name] = types[name];
        }
    }

    public CostedType? Find(ReadOnlySpan<char> type) => _types.TryGetValue(type, out var found) ? found : null;

    public CostedType? Root(OperationType operation) => Find(operation switch
    {
        OperationType.Mutation => _schema?.MutationType,
        OperationType.Subscription => _schema?.SubscriptionType,
        _ => _schema?.QueryType,
    });

    // A client chooses by which of a type's interfaces it asks, so neither may be the cheaper way.
    private GraphQLCost? CostOf(Dictionary<string, GraphQLCost> byPath, string type, string field) =>
        byPath.GetValueOrDefault($"{type}.{field}")
        ?? _schema!.RelatedTo(type).Select(other => byPath.GetValueOrDefault($"{other}.{field}")).Where(cost => cost is not null)
            .OrderByDescending(cost => cost!.AddConstant * Math.Max(1, cost.MulConstant)).FirstOrDefault();
}
