using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary>Shorthand for what answers and bodies hold that are no entities: fields as in the schemas of entities, always there where nothing else is said.</summary>
internal static class Shape
{
    public static FieldSchema Text(string name, params string[] oneOf) => new(name, FieldType.String) { Required = true, OneOf = oneOf };

    public static FieldSchema Whole(string name) => new(name, FieldType.Integer) { Required = true };

    public static FieldSchema Number(string name) => new(name, FieldType.Number) { Required = true };

    public static FieldSchema Flag(string name) => new(name, FieldType.Boolean) { Required = true };

    public static FieldSchema List(string name, FieldSchema elements) => new(name, FieldType.Array) { Required = true, Elements = elements };

    public static FieldSchema Texts(string name) => List(name, Text("element"));

    /// <summary>Names that nobody knows before, with texts or what else is said.</summary>
    public static FieldSchema Map(string name, FieldSchema? values = null) => new(name, FieldType.Map) { Required = true, Values = values ?? Text("value") };

    public static FieldSchema Record(string name, params IReadOnlyList<FieldSchema> fields) => new(name, FieldType.Record) { Required = true, Fields = fields };

    /// <summary>May be null.</summary>
    public static FieldSchema OrNull(this FieldSchema field) => field with { Required = false };

    public static JsonObject Object(params IReadOnlyList<FieldSchema> fields) => JsonSchemas.Object(fields);

    /// <summary>An object whose fields may be left out.</summary>
    public static JsonObject Optional(params IReadOnlyList<FieldSchema> fields)
    {
        var schema = JsonSchemas.Object(fields);
        schema.Remove("required");
        return schema;
    }

    /// <summary>A page of a list, as Kong writes it.</summary>
    public static JsonObject Page(JsonObject element, params IReadOnlyList<FieldSchema> more)
    {
        var schema = JsonSchemas.Object([new FieldSchema("next", FieldType.String), .. more]);
        var properties = (JsonObject)schema["properties"]!;
        properties.Insert(0, "data", new JsonObject { ["type"] = "array", ["items"] = element });
        properties["offset"] = new JsonObject { ["type"] = "string" };
        schema["required"] = new JsonArray("data", "next");
        return schema;
    }

    public static JsonObject Reference(string component) => new() { ["$ref"] = $"#/components/schemas/{component}" };

    /// <summary>The parameters of lists.</summary>
    public static IReadOnlyList<FieldSchema> Paging =>
        [new("size", FieldType.Integer) { Between = (1, Collections.ListQuery.MaxSize), Default = Collections.ListQuery.DefaultSize }, new("offset", FieldType.String)];
}
