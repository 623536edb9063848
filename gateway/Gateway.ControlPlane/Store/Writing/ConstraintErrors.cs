using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Configuration;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>What the database refuses, in Kong's words.</summary>
internal static class ConstraintErrors
{
    public static ConfigurationError MissingReference(string field, string targetKind, Guid id) => new(
        ErrorCode.ForeignKeyViolation,
        $"the foreign key '{{id=\"{id:D}\"}}' does not reference an existing '{targetKind}' entity.",
        new JsonObject { [field] = new JsonObject { ["id"] = id.ToString("D") } });

    public static ConfigurationError StillListed(EntityKey entity, EntityKey by) => new(
        ErrorCode.ReferencedByOthers, $"'{entity.Kind}' entity {entity.Id:D} is still referenced by {by.Kind} (id = {by.Id:D})", new JsonObject { ["@referenced_by"] = by.Kind });

    public static ConfigurationError StillReferenced(string kind, string byKind) => new(
        ErrorCode.ForeignKeyViolation,
        $"an existing '{byKind}' entity references this '{kind}' entity",
        new JsonObject { ["@referenced_by"] = byKind });

    /// <summary>A file that owns what has certain tags would change what hasn't them.</summary>
    public static ConfigurationError NotSelected(EntityKey entity, IReadOnlyList<string> tags) =>
        new(ErrorCode.PrimaryKeyViolation, $"this entity ({entity.Id:D}) is there already without {Describe(tags)}: it is somebody else's to change") { Entity = entity };

    /// <summary>A file that owns what has certain tags has no longer what something without them needs.</summary>
    public static ConfigurationError NeededByOthers(EntityKey entity, EntityKey by, IReadOnlyList<string> tags) => new(
        ErrorCode.ReferencedByOthers,
        $"'{entity.Kind}' entity {entity.Id:D} is not in the file any more, but '{by.Kind}' entity {by.Id:D}, which has not {Describe(tags)}, refers to it: delete that one first, or keep this one",
        new JsonObject { ["@referenced_by"] = by.Kind });

    /// <summary>Of a principal whose role is limited to tags.</summary>
    public static ConfigurationError OutsideTags(EntityKey entity, IReadOnlyList<string> tags) => new(
        ErrorCode.Forbidden, $"'{entity.Kind}' entity {entity.Id:D} neither has {DescribeAny(tags)} nor is nested beneath one that has: your role is limited to that")
    { Entity = entity };

    public static ConfigurationError TagNotKept(EntityKey entity, IReadOnlyList<string> tags) => new(
        ErrorCode.Forbidden,
        $"your role is limited to what has {DescribeAny(tags)}: what you write must keep it, or have it from the start",
        new JsonObject { ["tags"] = $"required; allowed: with {DescribeAny(tags)}" })
    { Entity = entity };

    public static ConfigurationError GlobalPlugin(EntityKey entity, IReadOnlyList<string> tags) => new(
        ErrorCode.Forbidden,
        $"a plugin without a service, route or consumer is everybody's: your role is limited to what has {DescribeAny(tags)}",
        new JsonObject { ["service"] = "required here, or route, or consumer" })
    { Entity = entity };

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

    private static string DescribeAny(IReadOnlyList<string> tags) => tags.Count is 1 ? $"the tag '{tags[0]}'" : $"one of the tags '{string.Join("', '", tags)}'";

    private static string Describe(IReadOnlyList<string> tags) => tags.Count is 1 ? $"the tag '{tags[0]}'" : $"all of the tags '{string.Join("', '", tags)}'";

    private static string Describe(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject reference => $"{{id=\"{reference["id"]}\"}}",
        _ => $"\"{value}\"",
    };
}
