using System.Text.Json.Nodes;

namespace Gateway.Plugins.RequestValidator;

/// <summary>Reads a parameter as OpenAPI 3.0 writes it (Parameter Object, "Style Values"): texts, arrays of texts, objects with texts.</summary>
internal static class ParameterText
{
    /// <summary>Null where it is not written in that style.</summary>
    /// <param name="type"><c>array</c>, <c>object</c> or anything else for one value.</param>
    public static JsonNode? Read(string style, bool explode, string type, string name, string text)
    {
        if (style is "label" && !Strip(ref text, "."))
        {
            return null;
        }

        if (style is "matrix" && !Strip(ref text, ";"))
        {
            return null;
        }

        var separator = (style, explode) switch
        {
            ("label", true) => '.',
            ("matrix", true) => ';',
            ("spaceDelimited", _) => ' ',
            ("pipeDelimited", _) => '|',
            ("form", true) => '&',
            _ => ',',
        };
        if (style is "matrix" && !(explode && (type is "array" or "object")) && !Strip(ref text, name + "="))
        {
            return null;
        }

        return type switch
        {
            "array" => Items(style, explode, name, text.Split(separator)),
            "object" => Members(text.Split(separator), explode),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>An array of the values of one name.</summary>
    public static JsonArray Array(IEnumerable<string?> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value?.Trim()))];

    private static JsonArray? Items(string style, bool explode, string name, string[] parts)
    {
        if (style is not "matrix" || !explode)
        {
            return Array(parts);
        }

        // ;color=blue;color=black
        return parts.All(part => part.StartsWith(name + "=", StringComparison.Ordinal)) ? Array(parts.Select(part => part[(name.Length + 1)..])) : null;
    }

    // Exploded R=100,G=200; otherwise R,100,G,200.
    private static JsonObject? Members(string[] parts, bool explode)
    {
        var members = new JsonObject();
        if (explode)
        {
            foreach (var part in parts)
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0)
                {
                    return null;
                }

                members[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            }

            return members;
        }

        if (parts.Length % 2 != 0)
        {
            return null;
        }

        for (var i = 0; i < parts.Length; i += 2)
        {
            members[parts[i].Trim()] = parts[i + 1].Trim();
        }

        return members;
    }

    private static bool Strip(ref string text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[prefix.Length..];
        return true;
    }
}
