using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>
/// Writes a configuration as a declarative file of format 3.0 that <see cref="DeclarativeLoader"/> reads back as the same entities: nested as people write it, in a
/// stable order, with ids and without times, so that the same configuration is always the same text.
/// </summary>
public static class DeclarativeWriter
{
    /// <param name="entities">Complete entities with references by id.</param>
    /// <param name="selectTags">What the entities have in common: the file then says that it owns what has these tags.</param>
    public static JsonObject Write(IEnumerable<(string Kind, JsonObject Entity)> entities, IReadOnlyList<string> selectTags)
    {
        var written = entities
            .GroupBy(entity => entity.Kind, StringComparer.Ordinal)
            .ToDictionary(
                kind => kind.Key,
                kind => kind.Select(entity => entity.Entity)
                    .OrderBy(entity => Name(kind.Key, entity) ?? "", StringComparer.Ordinal).ThenBy(Id, StringComparer.Ordinal)
                    .Select(entity => (Id: Id(entity), Entity: Clean(entity)))
                    .ToList(),
                StringComparer.Ordinal);
        var byId = written.ToDictionary(kind => kind.Key, kind => kind.Value.ToDictionary(entity => entity.Id, entity => entity.Entity, StringComparer.Ordinal), StringComparer.Ordinal);

        var file = new JsonObject { ["_format_version"] = "3.0" };
        if (selectTags.Count > 0)
        {
            file["_info"] = new JsonObject { ["select_tags"] = new JsonArray([.. selectTags.Select(tag => JsonValue.Create(tag))]) };
        }

        // What is referred to comes first, so that an entity's place is there before the entity is.
        foreach (var schema in EntitySchemas.All)
        {
            var top = new JsonArray();
            foreach (var (_, entity) in written.GetValueOrDefault(schema.Kind) ?? [])
            {
                if (Place(schema, entity, byId) is { } list)
                {
                    list.Add(entity);
                }
                else
                {
                    top.Add(entity);
                }

                NameReferences(schema, entity, byId);
            }

            if (top.Count > 0)
            {
                file[schema.Kind] = top;
            }
        }

        return file;
    }

    /// <summary>The list inside another entity that this one belongs to, whose reference it then does without; null for the top.</summary>
    private static JsonArray? Place(EntitySchema schema, JsonObject entity, Dictionary<string, Dictionary<string, JsonObject>> byId)
    {
        var references = schema.Fields.Where(field => field.Type is FieldType.Foreign && entity[field.Name] is not null).ToList();
        foreach (var nesting in Nesting.All.Where(nesting => nesting.Kind == schema.Kind))
        {
            // What belongs to two stands beside both.
            if (references is [var only] && only.Name == nesting.Reference
                && byId.GetValueOrDefault(nesting.Parent)?.GetValueOrDefault((string)entity[only.Name]!["id"]!) is { } parent)
            {
                entity.Remove(nesting.Reference);
                if (parent[nesting.Field] is not JsonArray list)
                {
                    parent[nesting.Field] = list = [];
                }

                return list;
            }
        }

        return null;
    }

    private static void NameReferences(EntitySchema schema, JsonObject entity, Dictionary<string, Dictionary<string, JsonObject>> byId)
    {
        foreach (var field in schema.Fields.Where(field => field.Type is FieldType.Foreign && field.Reference is not null))
        {
            if (entity[field.Name] is JsonObject reference
                && byId.GetValueOrDefault(field.Reference!)?.GetValueOrDefault((string)reference["id"]!) is { } target
                && EntitySchemas.For(field.Reference!) is { EndpointKey: { } key } kind && kind.Find(key) is { Secret: false, Unique: true }
                && JsonText.Of(target[key]) is { } name)
            {
                entity[field.Name] = new JsonObject { [key] = name };
            }
        }
    }

    private static JsonObject Clean(JsonObject entity)
    {
        var cleaned = new JsonObject();
        foreach (var (name, value) in entity.Where(member => member.Value is not null && member.Key is not ("created_at" or "updated_at")))
        {
            cleaned[name] = value!.DeepClone();
        }

        return cleaned;
    }

    private static string Id(JsonObject entity) => (string)entity["id"]!;

    private static string? Name(string kind, JsonObject entity) => EntitySchemas.For(kind) switch
    {
        { Kind: EntityKinds.Plugins } => JsonText.Of(entity["name"]),
        { EndpointKey: { } key } schema when schema.Find(key) is { Secret: false } => JsonText.Of(entity[key]),
        _ => null,
    };
}
