using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>What the database refuses, in Kong's words.</summary>
internal static class ConstraintErrors
{
    public static ConfigurationError MissingReference(ForeignColumn foreign, Guid id) => new(
        ErrorCode.ForeignKeyViolation,
        $"the foreign key '{{id=\"{id:D}\"}}' does not reference an existing '{foreign.TargetKind}' entity.",
        new JsonObject { [foreign.Field] = new JsonObject { ["id"] = id.ToString("D") } });

    public static ConfigurationError StillReferenced(string kind, string byKind) => new(
        ErrorCode.ForeignKeyViolation,
        $"an existing '{byKind}' entity references this '{kind}' entity",
        new JsonObject { ["@referenced_by"] = byKind });

    public static ConfigurationError NotUnique(UniqueColumn unique, JsonObject entity)
    {
        var fields = new JsonObject();
        var described = new List<string>();
        foreach (var field in unique.Fields)
        {
            // A key that someone else uses already is not repeated.
            var value = field is "key" ? JsonValue.Create(SecretMask.Text) : entity[field]?.DeepClone();
            fields[field] = value;
            described.Add($"{field}={Describe(value)}");
        }

        return new(ErrorCode.UniqueViolation, $"UNIQUE violation detected on '{{{string.Join(',', described)}}}'", fields);
    }

    private static string Describe(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject reference => $"{{id=\"{reference["id"]}\"}}",
        _ => $"\"{value}\"",
    };
}
