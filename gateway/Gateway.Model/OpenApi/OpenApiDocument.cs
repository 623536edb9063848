using System.Text.Json.Nodes;
using Gateway.Model.Declarative;
using Gateway.Model.Schemas;

namespace Gateway.Model.OpenApi;

/// <summary>A document, and what its references lead to.</summary>
internal sealed class OpenApiDocument
{
    private const int LongestChain = 32;

    private OpenApiDocument(JsonObject root) => Root = root;

    public JsonObject Root { get; }

    /// <summary>True where schemas are JSON Schema 2020-12 rather than OpenAPI 3.0's own.</summary>
    public bool Is31 { get; private init; }

    public static OpenApiDocument? Read(string text, List<ModelError> errors)
    {
        JsonNode? node;
        try
        {
            node = YamlToJson.Read(text);
        }
        catch (FormatException problem)
        {
            errors.Add(new ModelError(ModelError.Entity, problem.Message));
            return null;
        }

        // Without quotes YAML takes a short version for a number.
        if (node is not JsonObject root || (root["openapi"]?.ToString() is not { } version))
        {
            errors.Add(new ModelError("openapi", node is JsonObject old && old["swagger"] is not null ? "the document is of version 2 (swagger)" : "required field missing", "a document of OpenAPI 3.0 or 3.1"));
            return null;
        }

        if (!version.StartsWith("3.0", StringComparison.Ordinal) && !version.StartsWith("3.1", StringComparison.Ordinal))
        {
            errors.Add(new ModelError("openapi", $"version {version} is not known", "3.0, 3.1"));
            return null;
        }

        return new OpenApiDocument(root) { Is31 = version.StartsWith("3.1", StringComparison.Ordinal) };
    }

    public static string? Text(JsonNode? node) => JsonText.Of(node);

    /// <summary>The object itself, or what its <c>$ref</c> leads to; null with an error where that is nothing.</summary>
    public JsonObject? Resolve(JsonNode? node, string where, List<ModelError> errors)
    {
        for (var i = 0; i < LongestChain; i++)
        {
            if (node is not JsonObject holder)
            {
                errors.Add(new ModelError(where, i == 0 ? "expected a map" : "$ref leads to nothing"));
                return null;
            }

            if (Text(holder["$ref"]) is not { } reference)
            {
                return holder;
            }

            if (!reference.StartsWith("#/", StringComparison.Ordinal))
            {
                errors.Add(new ModelError($"{where}.$ref", $"{reference} is in another document", "references within the document, which begin with #/"));
                return null;
            }

            node = Follow(reference);
        }

        errors.Add(new ModelError($"{where}.$ref", "leads back to itself"));
        return null;
    }

    /// <summary>What a reference within the document leads to (RFC 6901); null for nothing.</summary>
    public JsonNode? Follow(string reference)
    {
        JsonNode? node = Root;
        foreach (var step in reference[2..].Split('/').Select(step => Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            node = node switch
            {
                JsonObject holder => holder[step],
                JsonArray array when int.TryParse(step, out var index) && index >= 0 && index < array.Count => array[index],
                _ => null,
            };
        }

        return node;
    }
}
