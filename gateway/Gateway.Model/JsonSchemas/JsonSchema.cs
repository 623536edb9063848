using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Gateway.Model.JsonSchemas;

/// <summary>
/// A JSON Schema (draft 4), compiled. References lead within the schema only: nothing is ever fetched. Expressions run in linear time or under a limit. Problems are
/// worded as Kong's validator words them.
/// </summary>
public sealed class JsonSchema
{
    /// <summary>Instances that lead a recursive schema deeper are refused.</summary>
    public const int MaxDepth = 64;

    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <summary>The first of the types that the schema names at its top; null where it names none.</summary>
    public string? Type => _root.Resolved.Types is [var first, ..] ? first : null;

    /// <param name="problem">What is wrong with the schema, where the result is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonSchema? schema, [NotNullWhen(false)] out string? problem)
    {
        schema = null;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var compiler = new SchemaCompiler(document.RootElement.Clone());
            schema = new JsonSchema(compiler.Compile());
            problem = null;
            return true;
        }
        catch (JsonException malformed)
        {
            problem = $"failed decoding schema: {malformed.Message}";
            return false;
        }
        catch (SchemaException invalid)
        {
            problem = $"not a valid JSONschema draft 4 schema: {invalid.Message}";
            return false;
        }
    }

    /// <summary>Null where the instance conforms, otherwise what is wrong first.</summary>
    /// <param name="coerce">Whether texts stand for the numbers and booleans that the schema wants: for parameters, which are always texts.</param>
    public string? Validate(JsonElement instance, bool coerce) => _root.Validate(instance, coerce, depth: 0);
}
