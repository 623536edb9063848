using System.Globalization;
using System.Text.Json;

namespace Gateway.Model.JsonSchemas;

/// <summary>One schema of a document: what it demands, keyword by keyword.</summary>
internal sealed class SchemaNode
{
    public SchemaNode? Reference { get; set; }
    public IReadOnlyList<string> Types { get; set; } = [];
    public IReadOnlyList<JsonElement>? Enum { get; set; }
    public NumberRules? Numbers { get; set; }
    public TextRules? Texts { get; set; }
    public ObjectRules? Objects { get; set; }
    public ArrayRules? Arrays { get; set; }
    public IReadOnlyList<SchemaNode> AllOf { get; set; } = [];
    public IReadOnlyList<SchemaNode> AnyOf { get; set; } = [];
    public IReadOnlyList<SchemaNode> OneOf { get; set; } = [];
    public SchemaNode? Not { get; set; }

    /// <summary>Behind all references.</summary>
    public SchemaNode Resolved => Reference?.Resolved ?? this;

    public string? Validate(JsonElement value, bool coerce, int depth)
    {
        if (depth > JsonSchema.MaxDepth)
        {
            return "nested too deep";
        }

        if (Reference is not null)
        {
            return Reference.Validate(value, coerce, depth + 1);
        }

        if (coerce && value.ValueKind == JsonValueKind.String)
        {
            value = Coerced(value);
        }

        return TypeProblem(value)
            ?? (Enum is not null && !Enum.Any(allowed => JsonEquality.AreEqual(allowed, value)) ? "matches none of the enum values" : null)
            ?? value.ValueKind switch
            {
                JsonValueKind.Number => Numbers?.Problem(value.GetDouble()),
                JsonValueKind.String => Texts?.Problem(value.GetString()!),
                JsonValueKind.Object => Objects?.Problem(value, coerce, depth),
                JsonValueKind.Array => Arrays?.Problem(value, coerce, depth),
                _ => null,
            }
            ?? CombinationProblem(value, coerce, depth);
    }

    private string? TypeProblem(JsonElement value)
    {
        if (Types.Count == 0 || Types.Any(type => IsOfType(type, value)))
        {
            return null;
        }

        return Types.Count == 1
            ? $"wrong type: expected {Types[0]}, got {NameOf(value)}"
            : $"wrong type: expected one of {string.Join(", ", Types)}, got {NameOf(value)}";
    }

    private string? CombinationProblem(JsonElement value, bool coerce, int depth)
    {
        for (var i = 0; i < AllOf.Count; i++)
        {
            if (AllOf[i].Validate(value, coerce, depth + 1) is { } problem)
            {
                return $"allOf {i + 1} failed: {problem}";
            }
        }

        if (AnyOf.Count > 0)
        {
            var problems = new List<string>();
            foreach (var option in AnyOf)
            {
                if (option.Validate(value, coerce, depth + 1) is not { } problem)
                {
                    problems.Clear();
                    break;
                }

                problems.Add(problem);
            }

            if (problems.Count > 0)
            {
                return $"object needs one of the following rectifications: {string.Join("; ", problems)}";
            }
        }

        if (OneOf.Count > 0)
        {
            var matches = Enumerable.Range(1, OneOf.Count).Where(i => OneOf[i - 1].Validate(value, coerce, depth + 1) is null).Take(2).ToList();
            if (matches.Count != 1)
            {
                return matches.Count == 0
                    ? "value should match only one schema, but matches none"
                    : $"value should match only one schema, but matches both schemas {matches[0]} and {matches[1]}";
            }
        }

        return Not is not null && Not.Validate(value, coerce, depth + 1) is null ? "value wasn't supposed to match schema" : null;
    }

    // A text where the schema wants none, but something that it can be read as.
    private JsonElement Coerced(JsonElement value)
    {
        var text = value.GetString()!;
        foreach (var type in Types)
        {
            switch (type)
            {
                case "string":
                    return value;
                case "boolean" when text is "true" or "false":
                case "integer" or "number" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                    return Literal(text);
            }
        }

        return value;
    }

    private static JsonElement Literal(string text) => text is "true" or "false"
        ? JsonSerializer.SerializeToElement(text == "true")
        : JsonSerializer.SerializeToElement(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => type == NameOf(value),
    };

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
