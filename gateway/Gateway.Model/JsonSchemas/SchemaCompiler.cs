using System.Text.Json;
using Gateway.Model.Patterns;

namespace Gateway.Model.JsonSchemas;

/// <summary>Turns a schema document into nodes. Everything that the draft defines is checked; what it does not define is ignored, as it demands.</summary>
/// <exception cref="SchemaException">Something is not as the draft says.</exception>
internal sealed class SchemaCompiler(JsonElement root)
{
    private static readonly string[] KnownTypes = ["array", "boolean", "integer", "null", "number", "object", "string"];

    private readonly Dictionary<string, SchemaNode> _referenced = new(StringComparer.Ordinal);

    public SchemaNode Compile() => Compile(root, "#");

    private SchemaNode Compile(JsonElement schema, string where)
    {
        var node = new SchemaNode();
        _referenced.TryAdd(where, node);
        Fill(node, schema, where);
        return node;
    }

    private void Fill(SchemaNode node, JsonElement schema, string where)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw new SchemaException($"{where} wrong type: expected object, got {schema.ValueKind.ToString().ToLowerInvariant()}");
        }

        foreach (var container in (ReadOnlySpan<string>)["definitions", "properties", "patternProperties", "dependencies"])
        {
            if (schema.TryGetProperty(container, out var members) && members.ValueKind != JsonValueKind.Object)
            {
                throw new SchemaException($"property {container} validation failed: wrong type: expected object, got {members.ValueKind.ToString().ToLowerInvariant()}");
            }
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            node.Reference = Follow(reference.ValueKind == JsonValueKind.String ? reference.GetString()! : throw new SchemaException($"{where}/$ref wrong type: expected string"));
            for (var next = node.Reference; next is not null; next = next.Reference)
            {
                if (ReferenceEquals(next, node))
                {
                    throw new SchemaException($"{where}/$ref leads back to itself");
                }
            }

            return;
        }

        node.Types = Types(schema, where);
        node.Enum = schema.TryGetProperty("enum", out var values)
            ? values is { ValueKind: JsonValueKind.Array } && values.GetArrayLength() > 0 ? [.. values.EnumerateArray()] : throw new SchemaException($"{where}/enum wants at least one value")
            : null;
        node.Numbers = new NumberRules
        {
            Minimum = Number(schema, "minimum", where),
            Maximum = Number(schema, "maximum", where),
            IsMinimumExclusive = Flag(schema, "exclusiveMinimum", where),
            IsMaximumExclusive = Flag(schema, "exclusiveMaximum", where),
            MultipleOf = Number(schema, "multipleOf", where) is { } divisor ? divisor > 0 ? divisor : throw new SchemaException($"{where}/multipleOf must be greater than 0") : null,
        };
        node.Texts = new TextRules
        {
            MinLength = Count(schema, "minLength", where),
            MaxLength = Count(schema, "maxLength", where),
            PatternText = Text(schema, "pattern", where),
            Pattern = Text(schema, "pattern", where) is { } pattern ? Pattern(pattern, $"{where}/pattern") : null,
            Format = Text(schema, "format", where),
        };
        node.Objects = Objects(schema, where);
        node.Arrays = Arrays(schema, where);
        node.AllOf = Schemas(schema, "allOf", where);
        node.AnyOf = Schemas(schema, "anyOf", where);
        node.OneOf = Schemas(schema, "oneOf", where);
        node.Not = schema.TryGetProperty("not", out var not) ? Compile(not, $"{where}/not") : null;
    }

    private ObjectRules Objects(JsonElement schema, string where) => new()
    {
        Properties = Members(schema, "properties").ToDictionary(member => member.Name, member => Compile(member.Value, $"{where}/properties/{member.Name}"), StringComparer.Ordinal),
        PatternProperties =
        [
            .. Members(schema, "patternProperties")
                .Select(member => (Pattern(member.Name, $"{where}/patternProperties"), Compile(member.Value, $"{where}/patternProperties/{member.Name}"))),
        ],
        AdditionalProperties = SchemaOrFlag(schema, "additionalProperties", where, out var forbids),
        ForbidsAdditional = forbids,
        Required = Names(schema, "required", where),
        MinProperties = Count(schema, "minProperties", where),
        MaxProperties = Count(schema, "maxProperties", where),
        RequiredBeside = Members(schema, "dependencies")
            .Where(member => member.Value.ValueKind == JsonValueKind.Array)
            .ToDictionary(member => member.Name, member => NamesOf(member.Value, $"{where}/dependencies/{member.Name}"), StringComparer.Ordinal),
        SchemasBeside = Members(schema, "dependencies")
            .Where(member => member.Value.ValueKind != JsonValueKind.Array)
            .ToDictionary(member => member.Name, member => Compile(member.Value, $"{where}/dependencies/{member.Name}"), StringComparer.Ordinal),
    };

    private ArrayRules Arrays(JsonElement schema, string where)
    {
        var hasPlaces = schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array;
        return new ArrayRules
        {
            Items = items.ValueKind is JsonValueKind.Undefined or JsonValueKind.Array ? null : Compile(items, $"{where}/items"),
            Places = hasPlaces ? Schemas(schema, "items", where) : null,
            AdditionalItems = SchemaOrFlag(schema, "additionalItems", where, out var forbids),
            ForbidsAdditional = forbids && hasPlaces,
            MinItems = Count(schema, "minItems", where),
            MaxItems = Count(schema, "maxItems", where),
            AreUnique = Flag(schema, "uniqueItems", where),
        };
    }

    // Only within the document: a data plane that fetched what a schema names could be made to fetch anything.
    private SchemaNode Follow(string reference)
    {
        if (_referenced.TryGetValue(reference, out var known))
        {
            return known;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new SchemaException($"the reference '{reference}' is not supported: it must lead within the schema (#/definitions/…)");
        }

        var target = root;
        foreach (var escaped in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(escaped).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind == JsonValueKind.Object && target.TryGetProperty(name, out var member))
            {
                target = member;
            }
            else if (target.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < target.GetArrayLength())
            {
                target = target[index];
            }
            else
            {
                throw new SchemaException($"the reference '{reference}' leads nowhere");
            }
        }

        return Compile(target, reference);
    }

    private IReadOnlyList<SchemaNode> Schemas(JsonElement schema, string keyword, string where)
    {
        if (!schema.TryGetProperty(keyword, out var list))
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select((option, index) => Compile(option, $"{where}/{keyword}/{index}"))]
            : throw new SchemaException($"{where}/{keyword} wants at least one schema");
    }

    private SchemaNode? SchemaOrFlag(JsonElement schema, string keyword, string where, out bool forbids)
    {
        forbids = false;
        if (!schema.TryGetProperty(keyword, out var value) || value.ValueKind == JsonValueKind.True)
        {
            return null;
        }

        forbids = value.ValueKind == JsonValueKind.False;
        return forbids ? null : Compile(value, $"{where}/{keyword}");
    }

    private static IEnumerable<JsonProperty> Members(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var members) ? members.EnumerateObject() : [];

    private static IReadOnlyList<string> Types(JsonElement schema, string where)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return [];
        }

        IReadOnlyList<string> types = type.ValueKind == JsonValueKind.String ? [type.GetString()!] : NamesOf(type, $"{where}/type");
        return types.FirstOrDefault(name => !KnownTypes.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw new SchemaException($"property type validation failed: '{unknown}' is no type (allowed: {string.Join(", ", KnownTypes)})")
            : types;
    }

    private static IReadOnlyList<string> Names(JsonElement schema, string keyword, string where) =>
        schema.TryGetProperty(keyword, out var names) ? NamesOf(names, $"{where}/{keyword}") : [];

    private static IReadOnlyList<string> NamesOf(JsonElement names, string where) =>
        names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0 && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : throw new SchemaException($"{where} wants at least one name");

    private static double? Number(JsonElement schema, string keyword, string where) =>
        !schema.TryGetProperty(keyword, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw new SchemaException($"{where}/{keyword} wrong type: expected number");

    private static int? Count(JsonElement schema, string keyword, string where) =>
        Number(schema, keyword, where) is not { } number ? null
        : number >= 0 && number <= int.MaxValue && double.IsInteger(number) ? (int)number
        : throw new SchemaException($"{where}/{keyword} must be a whole number from 0 on");

    private static bool Flag(JsonElement schema, string keyword, string where) =>
        schema.TryGetProperty(keyword, out var value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new SchemaException($"{where}/{keyword} wrong type: expected boolean"));

    private static string? Text(JsonElement schema, string keyword, string where) =>
        !schema.TryGetProperty(keyword, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new SchemaException($"{where}/{keyword} wrong type: expected string");

    private static TextPattern Pattern(string pattern, string where) =>
        TextPattern.TryCreate(pattern, wholeText: false, out var compiled, out var problem) ? compiled : throw new SchemaException($"{where} is no regular expression: {problem}");
}
