using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>The rules of one value, in Kong's words.</summary>
internal static class FieldRules
{
    /// <summary>Null where the value keeps every rule of its field.</summary>
    public static (string Text, string? Allowed)? Problem(FieldSchema field, JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        if (!IsOfType(field.Type, value))
        {
            return field.Type is FieldType.Foreign
                ? ("expected a record", "{\"id\": UUID}")
                : ($"expected {(field.Type is FieldType.Integer or FieldType.Array ? "an" : "a")} {field.Type.ToString().ToLowerInvariant()}", null);
        }

        if (field.Type is FieldType.String && JsonText.Of(value) is null)
        {
            return ("invalid utf-8 character sequence detected", null);
        }

        // No database of text takes it, and no HTTP field.
        if (field.Type is FieldType.String && value.GetValue<string>().Contains('\0', StringComparison.Ordinal))
        {
            return ("must not contain the character U+0000", null);
        }

        return Choice(field, value) ?? Range(field, value) ?? Length(field, value) ?? Own(field, value);
    }

    private static bool IsOfType(FieldType type, JsonNode value) => type switch
    {
        FieldType.String => value.GetValueKind() is JsonValueKind.String,
        FieldType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        FieldType.Number => value.GetValueKind() is JsonValueKind.Number && double.IsFinite(Number(value)),
        FieldType.Integer => value.GetValueKind() is JsonValueKind.Number && Number(value) is var number && double.IsInteger(number),
        FieldType.Array or FieldType.Set => value is JsonArray,
        _ => value is JsonObject,
    };

    private static (string, string?)? Choice(FieldSchema field, JsonNode value)
    {
        if (field.Type is not FieldType.String)
        {
            return null;
        }

        var text = value.GetValue<string>();
        if (field.Unsupported.Contains(text, StringComparer.Ordinal))
        {
            return ($"'{text}' is not supported by this version", string.Join(", ", field.OneOf));
        }

        return field.OneOf.Count > 0 && !field.OneOf.Contains(text, StringComparer.Ordinal) ? ($"expected one of: {string.Join(", ", field.OneOf)}", null) : null;
    }

    private static (string, string?)? Range(FieldSchema field, JsonNode value) =>
        field.Between is { } range && value.GetValueKind() is JsonValueKind.Number && (Number(value) < range.Minimum || Number(value) > range.Maximum)
            ? ($"value should be between {range.Minimum:0.####} and {range.Maximum:0.####}", null)
            : null;

    private static (string, string?)? Length(FieldSchema field, JsonNode value)
    {
        var length = value switch
        {
            JsonArray array => array.Count,
            JsonObject when field.Type is not FieldType.Map => (int?)null,
            JsonObject map => map.Count,
            _ when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>().Length,
            _ => (int?)null,
        };
        return length < field.MinimumLength ? ($"length must be at least {field.MinimumLength}", null)
            : length > field.MaximumLength ? ($"length must be at most {field.MaximumLength}", null)
            : null;
    }

    private static (string, string?)? Own(FieldSchema field, JsonNode value) => field.Check?.Invoke(value) is { } problem ? (problem, null) : null;

    // A value may hold any of .NET's number types; its JSON text is the same for all.
    internal static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
