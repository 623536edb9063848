using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary>Schemas as Kong writes them: an array of one-field objects.</summary>
internal static class SchemaShape
{
    public static JsonArray Fields(IReadOnlyList<FieldSchema> fields) => [.. fields.Select(field => new JsonObject { [field.Name] = Describe(field) })];

    private static JsonObject Describe(FieldSchema field)
    {
        var shape = new JsonObject { ["type"] = field.Type.ToString().ToLowerInvariant() };
        Flag(shape, "required", field.Required);
        Flag(shape, "unique", field.Unique);
        Flag(shape, "auto", field.Auto);
        Flag(shape, "encrypted", field.Secret);
        Flag(shape, "referenceable", field.Referenceable);
        if (field.Default is { } value)
        {
            shape["default"] = value.DeepClone();
        }

        if (field.OneOf.Count > 0)
        {
            shape["one_of"] = new JsonArray([.. field.OneOf.Select(choice => JsonValue.Create(choice))]);
        }

        if (field.Between is { } range)
        {
            shape["between"] = new JsonArray(range.Minimum, range.Maximum);
        }

        if (field.MinimumLength is { } shortest)
        {
            shape["len_min"] = shortest;
        }

        if (field.MaximumLength is { } longest)
        {
            shape["len_max"] = longest;
        }

        if (field.Reference is { } reference)
        {
            shape["reference"] = reference;
            shape["on_delete"] = field.CascadesOnDelete ? "cascade" : "restrict";
        }

        AddInner(shape, field);
        return shape;
    }

    private static void AddInner(JsonObject shape, FieldSchema field)
    {
        if (field.Elements is { } elements)
        {
            shape["elements"] = Describe(elements);
        }

        if (field.Keys is { } keys)
        {
            shape["keys"] = Describe(keys);
        }

        if (field.Values is { } values)
        {
            shape["values"] = Describe(values);
        }

        if (field.Type is FieldType.Record)
        {
            shape["fields"] = Fields(field.Fields);
        }
    }

    private static void Flag(JsonObject shape, string name, bool value)
    {
        if (value)
        {
            shape[name] = true;
        }
    }
}
