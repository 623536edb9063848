using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary>The schemas of entities as JSON Schema 2020-12, which OpenAPI 3.1 speaks.</summary>
internal static class JsonSchemas
{
    /// <summary>What is answered: every field is there, null where it has no value.</summary>
    public static JsonObject Object(IReadOnlyList<FieldSchema> fields) => Object(fields, isInput: false);

    /// <summary>What may be written: fields with a default, and those that are made, may be left out.</summary>
    public static JsonObject Input(IReadOnlyList<FieldSchema> fields) => Object(fields, isInput: true);

    public static JsonObject Of(FieldSchema field, bool isInput)
    {
        if (field.NotServed)
        {
            return new JsonObject { ["type"] = "null", ["description"] = "Not supported by this version." };
        }

        var schema = Typed(field, isInput);
        if (field.OneOf.Count > 0)
        {
            schema["enum"] = new JsonArray([.. field.OneOf.Select(value => JsonValue.Create(value))]);
        }

        if (field.Between is { } range)
        {
            schema["minimum"] = range.Minimum;
            schema["maximum"] = range.Maximum;
        }

        AddLengths(schema, field);
        if (field.Default is { } value)
        {
            schema["default"] = value.DeepClone();
        }

        if (field is { Secret: true, OneWay: false })
        {
            schema["description"] = "Shown as ******** where it was not written in this very request.";
        }

        return field.Required && !(isInput && field.Default is not null) ? schema : Nullable(schema);
    }

    private static JsonObject Object(IReadOnlyList<FieldSchema> fields, bool isInput)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in fields)
        {
            properties[field.Name] = Of(field, isInput);
            if (isInput ? field is { Required: true, Default: null, Auto: false } && field.Type is not FieldType.Record : field.Required)
            {
                required.Add(field.Name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject Typed(FieldSchema field, bool isInput) => field.Type switch
    {
        FieldType.String => new JsonObject { ["type"] = "string" },
        FieldType.Integer => new JsonObject { ["type"] = "integer" },
        FieldType.Number => new JsonObject { ["type"] = "number" },
        FieldType.Boolean => new JsonObject { ["type"] = "boolean" },
        FieldType.Array => new JsonObject { ["type"] = "array", ["items"] = Of(field.Elements! with { Required = true }, isInput) },
        FieldType.Set => new JsonObject { ["type"] = "array", ["uniqueItems"] = true, ["items"] = Of(field.Elements! with { Required = true }, isInput) },
        // Anything.
        FieldType.Map when field.Values is null => new JsonObject { ["type"] = "object" },
        FieldType.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(field.Values! with { Required = true }, isInput) },
        FieldType.Foreign => Reference(field, isInput),
        _ => Object(field.Fields, isInput),
    };

    // Answers refer by id; a request may name the other entity instead.
    private static JsonObject Reference(FieldSchema field, bool isInput)
    {
        var properties = new JsonObject { ["id"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" } };
        if (isInput && field.Reference is not null && EntitySchemas.For(field.Reference).EndpointKey is { } key)
        {
            properties[key] = new JsonObject { ["type"] = "string" };
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (!isInput)
        {
            schema["required"] = new JsonArray("id");
        }

        return schema;
    }

    private static void AddLengths(JsonObject schema, FieldSchema field)
    {
        var (shortest, longest) = field.Type switch
        {
            FieldType.String => ("minLength", "maxLength"),
            FieldType.Array or FieldType.Set => ("minItems", "maxItems"),
            _ => ("minProperties", "maxProperties"),
        };
        if (field.MinimumLength is { } minimum)
        {
            schema[shortest] = minimum;
        }

        if (field.MaximumLength is { } maximum)
        {
            schema[longest] = maximum;
        }
    }

    private static JsonObject Nullable(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }

        if (schema["enum"] is JsonArray choices)
        {
            choices.Add((JsonNode?)null);
        }

        return schema;
    }
}
