using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Model.OpenApi;

/// <summary>
/// Schemas of OpenAPI 3.0, and of 3.1 (JSON Schema 2020-12), as draft 4, which the validator speaks. What draft 4 can't say is refused by name: a schema that holds less than the
/// document promises would be worse than none.
/// </summary>
internal sealed class Draft4(OpenApiDocument document, List<ModelError> errors)
{
    private const int DeepestNesting = 48;
    private const string Components = "#/components/schemas/";

    // Words for readers, or about how a value is written.
    private static readonly string[] Annotations =
    [
        "example", "examples", "xml", "externalDocs", "discriminator", "deprecated", "readOnly", "writeOnly", "nullable", "$comment", "contentMediaType", "contentEncoding", "title", "description",
        "default", "$schema", "$id",
    ];

    private static readonly string[] Plain =
    [
        "multipleOf", "maximum", "minimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "enum", "format", "exclusiveMinimum", "exclusiveMaximum", "type",
        "required",
    ];

    private readonly JsonObject _definitions = [];

    /// <summary>One schema that stands for itself: what it refers to is in its <c>definitions</c>.</summary>
    public JsonObject Convert(JsonNode schema, string where)
    {
        // A reference at the top is followed: who reads a parameter's schema looks for its type there.
        var top = schema is JsonObject holder && OpenApiDocument.Text(holder["$ref"]) is not null && (!document.Is31 || holder.Count == 1) ? document.Resolve(schema, where, errors) ?? [] : schema;
        var converted = Schema(top, where, depth: 0);
        if (_definitions.Count > 0)
        {
            converted["definitions"] = _definitions;
        }

        return converted;
    }

    private JsonObject Schema(JsonNode? node, string where, int depth)
    {
        if (depth > DeepestNesting)
        {
            errors.Add(new ModelError(where, $"nested deeper than {DeepestNesting}"));
            return [];
        }

        switch (node)
        {
            case JsonObject schema when OpenApiDocument.Text(schema["$ref"]) is { } reference:
                return Reference(schema, reference, where, depth);
            case JsonObject schema:
                return Keywords(schema, where, depth);
            case JsonValue flag when flag.GetValueKind() is JsonValueKind.True:
                return [];
            case JsonValue flag when flag.GetValueKind() is JsonValueKind.False:
                return new JsonObject { ["not"] = new JsonObject() };
            default:
                errors.Add(new ModelError(where, "expected a schema"));
                return [];
        }
    }

    private JsonObject Reference(JsonObject schema, string reference, string where, int depth)
    {
        if (!reference.StartsWith(Components, StringComparison.Ordinal) || reference[Components.Length..].Contains('/', StringComparison.Ordinal))
        {
            return document.Resolve(schema, where, errors) is { } resolved ? Schema(resolved, where, depth + 1) : [];
        }

        var name = reference[Components.Length..];
        if (!_definitions.ContainsKey(name))
        {
            // Before its content: a schema may refer to itself.
            _definitions[name] = new JsonObject();
            if (document.Resolve(schema, where, errors) is { } target)
            {
                _definitions[name] = Schema(target, $"components.schemas.{name}", depth + 1);
            }
        }

        var link = new JsonObject { ["$ref"] = $"#/definitions/{name}" };
        if (!document.Is31 || schema.Count == 1)
        {
            return link;
        }

        // In 3.1 what stands beside a reference counts as well; in draft 4 it would not.
        var beside = (JsonObject)schema.DeepClone();
        beside.Remove("$ref");
        return new JsonObject { ["allOf"] = new JsonArray(link, Keywords(beside, where, depth + 1)) };
    }

    private JsonObject Keywords(JsonObject schema, string where, int depth)
    {
        var converted = new JsonObject();
        foreach (var (keyword, value) in schema.Where(member => !Annotations.Contains(member.Key, StringComparer.Ordinal) && !member.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            switch (keyword)
            {
                case "const":
                    converted["enum"] = new JsonArray(value?.DeepClone());
                    break;
                case "properties" or "patternProperties":
                    converted[keyword] = Map(value, $"{where}.{keyword}", depth);
                    break;
                case "items" or "not":
                    converted[keyword] = Schema(value, $"{where}.{keyword}", depth + 1);
                    break;
                case "additionalProperties":
                    converted[keyword] = value is JsonObject ? Schema(value, $"{where}.{keyword}", depth + 1) : value?.DeepClone();
                    break;
                case "allOf" or "anyOf" or "oneOf":
                    converted[keyword] = new JsonArray([.. (value as JsonArray ?? []).Select((element, index) => Schema(element, $"{where}.{keyword}[{index}]", depth + 1))]);
                    break;
                case var plain when Plain.Contains(plain, StringComparer.Ordinal):
                    converted[keyword] = value?.DeepClone();
                    break;
                default:
                    errors.Add(new ModelError($"{where}.{keyword}", "can't be validated by this version", "what JSON Schema draft 4 says"));
                    break;
            }
        }

        ConvertBounds(converted);
        AllowNull(schema, converted);
        LeaveOutReadOnly(schema, converted);
        return converted;
    }

    private JsonObject Map(JsonNode? value, string where, int depth)
    {
        var converted = new JsonObject();
        foreach (var (name, schema) in value as JsonObject ?? [])
        {
            converted[name] = Schema(schema, $"{where}.{name}", depth + 1);
        }

        return converted;
    }

    // Since draft 6 an exclusive bound is the bound; in draft 4, and in OpenAPI 3.0, it says of the bound that it is one.
    private static void ConvertBounds(JsonObject converted)
    {
        foreach (var (exclusive, bound, isLower) in ((string, string, bool)[])[("exclusiveMinimum", "minimum", true), ("exclusiveMaximum", "maximum", false)])
        {
            if (converted[exclusive] is not { } value || value.GetValueKind() is not JsonValueKind.Number)
            {
                continue;
            }

            converted.Remove(exclusive);
            if (converted[bound] is { } other && (isLower ? Number(other) > Number(value) : Number(other) < Number(value)))
            {
                continue;
            }

            converted[bound] = value.DeepClone();
            converted[exclusive] = true;
        }
    }

    private static void AllowNull(JsonObject schema, JsonObject converted)
    {
        if (schema["nullable"]?.ToJsonString() is not "true" || OpenApiDocument.Text(converted["type"]) is not { } type)
        {
            return;
        }

        converted["type"] = new JsonArray(type, "null");
        if (converted["enum"] is JsonArray choices && !choices.Any(choice => choice is null))
        {
            choices.Add((JsonNode?)null);
        }
    }

    // What only answers have is not required of a request.
    private void LeaveOutReadOnly(JsonObject schema, JsonObject converted)
    {
        if (converted["required"] is not JsonArray required || schema["properties"] is not JsonObject properties)
        {
            return;
        }

        required.RemoveAll(name => OpenApiDocument.Text(name) is { } text && properties[text] is JsonObject property
            && (document.Resolve(property, text, []) ?? property)["readOnly"]?.ToJsonString() is "true");
        if (required.Count == 0)
        {
            // Draft 4 knows no empty list here.
            converted.Remove("required");
        }
    }

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
