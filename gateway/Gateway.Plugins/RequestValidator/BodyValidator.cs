using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.JsonSchemas;

namespace Gateway.Plugins.RequestValidator;

/// <summary>A body's description, in either language.</summary>
internal sealed class BodyValidator
{
    // Of two members with one name an upstream might take the one that was not looked at.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonSchema? _draft4;
    private readonly KongSchema? _kong;

    /// <param name="schema">Valid: the catalogue has checked it.</param>
    public BodyValidator(string version, string schema)
    {
        string? problem;
        if (version == "kong" ? !KongSchema.TryParse(schema, out _kong, out problem) : !JsonSchema.TryParse(schema, out _draft4, out problem))
        {
            throw new ArgumentException(problem, nameof(schema));
        }
    }

    /// <summary>Null where the body conforms; otherwise what is wrong, for clients that are told. An empty body counts as an empty object, as in Kong.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public JsonNode? Validate(ReadOnlyMemory<byte> body)
    {
        body = body.IsEmpty ? "{}"u8.ToArray() : body;
        if (_kong is not null)
        {
            return _kong.Validate(JsonNode.Parse(body.Span, documentOptions: Strict));
        }

        using var document = JsonDocument.Parse(body, Strict);
        return _draft4!.Validate(document.RootElement, coerce: false) is { } problem ? JsonValue.Create(problem) : null;
    }
}
