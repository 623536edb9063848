using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>Gives the texts of a form the types that the schema says. What does not fit stays text, and validation says so.</summary>
internal static class FormTypes
{
    public static JsonObject Read(IReadOnlyList<FieldSchema> fields, JsonObject form)
    {
        var typed = new JsonObject();
        foreach (var (name, value) in form)
        {
            typed[name] = fields.FirstOrDefault(field => field.Name == name) is { } field ? Read(field, value) : value?.DeepClone();
        }

        return typed;
    }

    private static JsonNode? Read(FieldSchema field, JsonNode? value) => (field.Type, value) switch
    {
        // Whatever is in it, it is refused; what it may hold is not known.
        _ when field.NotServed && value is not JsonValue => value?.DeepClone(),
        (FieldType.Array or FieldType.Set, JsonValue text) when field.NotServed => (string?)text is "" ? null : text.DeepClone(),
        (FieldType.Record, JsonObject record) => Read(field.Fields, record),
        (FieldType.Map, JsonObject map) => ReadMap(field.Values!, map),
        (FieldType.Array or FieldType.Set, JsonArray array) => new JsonArray([.. array.Select(element => Read(field.Elements!, element))]),
        // As in Kong, an empty text clears.
        (_, JsonValue text) when (string?)text is "" => null,
        (FieldType.Array or FieldType.Set, JsonValue single) => new JsonArray(Read(field.Elements!, single)),
        (FieldType.Integer or FieldType.Number, JsonValue text) => ReadNumber((string)text!),
        (FieldType.Boolean, JsonValue text) when (string?)text is "true" or "false" => (string?)text is "true",
        _ => value?.DeepClone(),
    };

    private static JsonObject ReadMap(FieldSchema values, JsonObject map)
    {
        var typed = new JsonObject();
        foreach (var (name, value) in map)
        {
            typed[name] = Read(values, value);
        }

        return typed;
    }

    private static JsonValue ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : JsonValue.Create(text);
}
