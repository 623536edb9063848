using System.Text.Json;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>What of a server's schema is needed to tell which type a field belongs to, and what its arguments are where a client says nothing.</summary>
internal sealed class UpstreamSchema
{
    /// <summary>What a server is asked for it.</summary>
    public const string Question =
        """
        query Introspection { __schema { queryType { name } mutationType { name } subscriptionType { name } types { name interfaces { name }
        fields(includeDeprecated: true) { name args { name defaultValue } type { ...T } } } } }
        fragment T on __Type { name ofType { name ofType { name ofType { name ofType { name ofType { name ofType { name ofType { name } } } } } } } }
        """;

    private readonly Dictionary<string, Dictionary<string, SchemaField>> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _related = new(StringComparer.Ordinal);

    private UpstreamSchema(string? query, string? mutation, string? subscription) => (QueryType, MutationType, SubscriptionType) = (query, mutation, subscription);

    public string? QueryType { get; }

    public string? MutationType { get; }

    public string? SubscriptionType { get; }

    public IReadOnlyDictionary<string, Dictionary<string, SchemaField>> Types => _types;

    /// <summary>The interfaces of a type, or the types of an interface.</summary>
    public IReadOnlyList<string> RelatedTo(string type) => _related.GetValueOrDefault(type, []);

    /// <exception cref="JsonException">It is no answer to <see cref="Question"/>.</exception>
    public static UpstreamSchema Read(JsonElement answer)
    {
        var root = Member(Member(answer, "data"), "__schema");
        var schema = new UpstreamSchema(NameOf(Member(root, "queryType")), NameOf(Member(root, "mutationType")), NameOf(Member(root, "subscriptionType")));
        if (schema.QueryType is null)
        {
            throw new JsonException("The answer has no schema.");
        }

        foreach (var type in Items(Member(root, "types")))
        {
            schema.Add(type);
        }

        return schema;
    }

    private void Add(JsonElement type)
    {
        var name = NameOf(type) ?? throw new JsonException("A type has no name.");
        var fields = new Dictionary<string, SchemaField>(StringComparer.Ordinal);
        foreach (var field in Items(Member(type, "fields")))
        {
            var defaults = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var argument in Items(Member(field, "args")))
            {
                if (Member(argument, "defaultValue") is { ValueKind: JsonValueKind.String } value && NameOf(argument) is { } argumentName)
                {
                    defaults[argumentName] = value.GetString()!;
                }
            }

            fields[NameOf(field) ?? throw new JsonException("A field has no name.")] = new SchemaField(Named(Member(field, "type")), defaults);
        }

        _types[name] = fields;
        foreach (var @interface in Items(Member(type, "interfaces")))
        {
            if (NameOf(@interface) is { } other)
            {
                Relate(name, other);
                Relate(other, name);
            }
        }
    }

    private void Relate(string type, string other) => (_related.TryGetValue(type, out var known) ? known : _related[type] = []).Add(other);

    // Within [] and !.
    private static string? Named(JsonElement type)
    {
        for (; type.ValueKind == JsonValueKind.Object; type = Member(type, "ofType"))
        {
            if (NameOf(type) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? NameOf(JsonElement element) => Member(element, "name") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
