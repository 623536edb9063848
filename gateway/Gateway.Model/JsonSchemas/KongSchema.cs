using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.JsonSchemas;

/// <summary>
/// Kong's own way to describe a body (<c>version: kong</c>): an array of fields, each an object with one name, by the same rules as the fields of entities. Lua patterns
/// (<c>match</c> and its kin) are refused by name.
/// </summary>
public sealed class KongSchema
{
    private const int MaxDepth = 32;

    private readonly IReadOnlyList<FieldSchema> _fields;

    private KongSchema(IReadOnlyList<FieldSchema> fields) => _fields = fields;

    public static bool TryParse(string text, [NotNullWhen(true)] out KongSchema? schema, [NotNullWhen(false)] out string? problem)
    {
        schema = null;
        try
        {
            if (JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }) is not JsonArray fields)
            {
                problem = "schema violation: expected an array of fields";
                return false;
            }

            schema = new KongSchema(Fields(fields));
            problem = null;
            return true;
        }
        catch (JsonException malformed)
        {
            problem = $"failed decoding schema: {malformed.Message}";
        }
        catch (SchemaException invalid)
        {
            problem = $"schema violation: {invalid.Message}";
        }

        return false;
    }

    /// <summary>Null where the body conforms, otherwise what is wrong, in the form of the body: <c>{"f1": "required field missing"}</c>.</summary>
    public JsonNode? Validate(JsonNode? body)
    {
        if (body is not JsonObject members)
        {
            return JsonValue.Create("expected a record");
        }

        var errors = new List<ModelError>();
        RecordNormaliser.Normalise(_fields, members, string.Empty, errors);
        if (errors.Count == 0)
        {
            return null;
        }

        var problems = new JsonObject();
        foreach (var error in errors)
        {
            problems[error.Field] = error.Problem;
        }

        return problems;
    }

    private static FieldSchema[] Fields(JsonArray fields) =>
    [
        .. fields.Select(entry => entry is JsonObject { Count: 1 } field
            ? Field(field.First().Key, field.First().Value)
            : throw new SchemaException("a field is an object with one name")),
    ];

    private static FieldSchema Field(string name, JsonNode? definition)
    {
        if (definition is not JsonObject rules)
        {
            throw new SchemaException($"{name}: expected a record");
        }

        if (!Enum.TryParse<FieldType>(Text(rules, "type"), ignoreCase: true, out var type) || type is FieldType.Foreign)
        {
            throw new SchemaException($"{name}.type: expected one of: string, number, integer, boolean, array, set, map, record");
        }

        var field = new FieldSchema(name, type) { MinimumLength = type is FieldType.String ? 1 : null };
        foreach (var (rule, value) in rules)
        {
            field = With(field, rule, value);
        }

        return field switch
        {
            { Type: FieldType.Array or FieldType.Set, Elements: null } => throw new SchemaException($"{name}.elements: required field missing"),
            { Type: FieldType.Map, Keys: null } or { Type: FieldType.Map, Values: null } => throw new SchemaException($"{name}: a map needs keys and values"),
            { Type: FieldType.Record } when rules["fields"] is null => throw new SchemaException($"{name}.fields: required field missing"),
            _ => field,
        };
    }

    private static FieldSchema With(FieldSchema field, string rule, JsonNode? value) => (rule, value) switch
    {
        ("type" or "description", _) => field,
        ("required", JsonValue flag) when flag.TryGetValue<bool>(out var required) => field with { Required = required },
        ("elements", _) => field with { Elements = Field("elements", value) },
        ("keys", _) => field with { Keys = Field("keys", value) },
        ("values", _) => field with { Values = Field("values", value) },
        ("fields", JsonArray fields) => field with { Fields = Fields(fields) },
        ("between", JsonArray { Count: 2 } range) => field with { Between = (Number(range[0], rule), Number(range[1], rule)) },
        ("len_min", _) => field with { MinimumLength = (int)Number(value, rule) },
        ("len_max", _) => field with { MaximumLength = (int)Number(value, rule) },
        ("len_eq", _) => field with { MinimumLength = (int)Number(value, rule), MaximumLength = (int)Number(value, rule) },
        ("one_of", JsonArray options) when field.Type is FieldType.String => field with { OneOf = [.. options.Select(option => (string?)option ?? string.Empty)] },
        ("one_of", JsonArray options) => field with { Check = OneOf(options) },
        ("starts_with", JsonValue prefix) when prefix.TryGetValue<string>(out var start) =>
            field with { Check = text => text.GetValue<string>().StartsWith(start, StringComparison.Ordinal) ? null : $"should start with: {start}" },
        ("uuid", _) => field with { Check = static text => Guid.TryParseExact(text.GetValue<string>(), "D", out _) ? null : "expected a valid UUID" },
        ("timestamp", _) => field with { Check = static number => Number(number, "timestamp") > 0 ? null : "expected a valid timestamp" },
        _ => throw new SchemaException($"{field.Name}.{rule}: not supported by this version"),
    };

    private static Func<JsonNode, string?> OneOf(JsonArray options)
    {
        var allowed = options.Select(option => Number(option, "one_of")).ToArray();
        var problem = $"expected one of: {string.Join(", ", allowed.Select(number => number.ToString(CultureInfo.InvariantCulture)))}";
        return value => allowed.Contains(Number(value, "one_of")) ? null : problem;
    }

    private static double Number(JsonNode? value, string rule) =>
        value?.GetValueKind() is JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : throw new SchemaException($"{rule}: expected a number");

    private static string? Text(JsonObject rules, string name) => rules[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
