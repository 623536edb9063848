using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>What belongs to certain tags: what has one of them, and what is nested beneath that.</summary>
internal static class TagScope
{
    public static bool HasTag(JsonObject entity, IReadOnlyList<string> tags) =>
        entity["tags"] is JsonArray own && own.Any(tag => tags.Contains((string?)tag, StringComparer.Ordinal));

    /// <param name="find">The entity that is referred to; null where there is none.</param>
    public static async Task<bool> HoldsAsync(string kind, JsonObject entity, IReadOnlyList<string> tags, Func<string, Guid, Task<JsonObject?>> find)
    {
        if (HasTag(entity, tags))
        {
            return true;
        }

        foreach (var foreign in EntityTables.Of(kind).Foreigns.Where(foreign => foreign.Owned))
        {
            if (ReferenceOf(entity, foreign) is { } id && await find(foreign.TargetKind, id) is { } parent && await HoldsAsync(foreign.TargetKind, parent, tags, find))
            {
                return true;
            }
        }

        return false;
    }

    public static Guid? ReferenceOf(JsonObject entity, ForeignColumn foreign) =>
        entity[foreign.Field] is JsonObject reference ? Guid.Parse((string)reference["id"]!) : null;
}
