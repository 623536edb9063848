using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Model.Plugins.ResponseTransformer;

namespace Gateway.Plugins.ResponseTransformer;

/// <summary>A member of a JSON object and the value that it gets.</summary>
internal sealed record MemberValue(string Name, JsonNode Value)
{
    /// <summary>Without those whose value is empty, or no number where it ought to be one: they do nothing, as in Kong.</summary>
    public static MemberValue[] ParseAll(ResponseValues values) =>
        [.. values.Json.Select((pair, index) => Parse(pair, index < values.JsonTypes.Count ? values.JsonTypes[index] : null)).OfType<MemberValue>()];

    private static MemberValue? Parse(string pair, string? type)
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        var text = pair[colon..].TrimStart(':');
        if (text.Length == 0)
        {
            return null;
        }

        JsonNode? value = type switch
        {
            "boolean" => JsonValue.Create(text == "true"),
            "number" => Number(text),
            _ => JsonValue.Create(text),
        };
        return value is null ? null : new MemberValue(pair[..colon], value);
    }

    private static JsonValue? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number)
        : null;
}
