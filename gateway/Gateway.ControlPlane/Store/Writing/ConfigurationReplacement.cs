using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>Makes the whole configuration what a list says, changing only what differs.</summary>
internal static class ConfigurationReplacement
{
    /// <param name="wanted">Every entity that there shall be: valid, complete, each id once per kind.</param>
    /// <param name="now">Unix time in whole seconds: the update time of what changes.</param>
    public static async Task<ConfigurationError?> ReplaceAllAsync(
        WriteSession session, IReadOnlyList<KeyValuePair<EntityKey, JsonObject>> wanted, long now, CancellationToken cancellationToken)
    {
        var byKind = wanted.ToLookup(entity => entity.Key.Kind, StringComparer.Ordinal);
        if (CheckReferences(wanted) is { } missing)
        {
            return missing;
        }

        var changed = new List<(EntityTable Table, JsonObject Entity, EntityRow? Existing)>();
        foreach (var table in EntityTables.All.Where(table => table.Kind != EntityKinds.CredentialHashKeys))
        {
            var existing = (await table.AllAsync(session.Context, forUpdate: true, cancellationToken)).ToDictionary(row => row.Id);
            foreach (var (key, entity) in byKind[table.Kind])
            {
                existing.Remove(key.Id, out var row);
                if (row is null)
                {
                    changed.Add((table, entity, Existing: null));
                }
                else if (Differs(session.Codec.Read(table.Kind, row), entity))
                {
                    entity["created_at"] = row.CreatedAt;
                    if (entity.ContainsKey("updated_at"))
                    {
                        entity["updated_at"] = now;
                    }

                    changed.Add((table, entity, row));
                }
            }

            foreach (var gone in existing.Values)
            {
                session.StageDelete(table.Kind, gone);
            }
        }

        // What is deleted goes first, and what keeps its id but may change its name lets go of the old one, so that names can be handed on.
        foreach (var change in changed)
        {
            change.Existing?.ClearUnique();
        }

        if (await session.SaveAsync(cancellationToken) is { } refused)
        {
            return refused;
        }

        foreach (var (table, entity, row) in changed)
        {
            session.Stage(table, entity, row);
        }

        return await session.SaveAsync(cancellationToken);
    }

    // Times are the store's, and the hash of a key follows from the key.
    private static bool Differs(JsonObject stored, JsonObject wanted)
    {
        var left = Comparable(stored);
        var right = Comparable(wanted);
        return !JsonNode.DeepEquals(left, right);

        static JsonObject Comparable(JsonObject entity)
        {
            var copy = (JsonObject)entity.DeepClone();
            copy.Remove("created_at");
            copy.Remove("updated_at");
            copy.Remove("key_hash");
            return copy;
        }
    }

    private static ConfigurationError? CheckReferences(IReadOnlyList<KeyValuePair<EntityKey, JsonObject>> wanted)
    {
        var known = wanted.Select(entity => entity.Key).ToHashSet();
        foreach (var (key, entity) in wanted)
        {
            foreach (var foreign in EntityTables.Of(key.Kind).Foreigns)
            {
                if (entity[foreign.Field] is JsonObject reference && Guid.Parse((string)reference["id"]!) is var id
                    && !known.Contains(new EntityKey(foreign.TargetKind, id)))
                {
                    return ConstraintErrors.MissingReference(foreign, id);
                }
            }
        }

        return null;
    }
}
