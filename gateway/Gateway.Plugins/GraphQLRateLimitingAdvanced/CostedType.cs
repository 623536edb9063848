namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>A type's fields.</summary>
internal sealed class CostedType
{
    private readonly Dictionary<string, CostedField>.AlternateLookup<ReadOnlySpan<char>> _fields =
        new Dictionary<string, CostedField>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public void Add(string name, CostedField field) => _fields[name] = field;

    public CostedField? Find(ReadOnlySpan<char> name) => _fields.TryGetValue(name, out var field) ? field : null;
}
