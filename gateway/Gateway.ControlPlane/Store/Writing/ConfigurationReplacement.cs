using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>Makes the configuration, or the part of it that has certain tags, what a list says, changing only what differs.</summary>
/// <param name="selectTags">What has all of these tags is replaced, and nothing else is touched; with none, everything is.</param>
/// <param name="now">Unix time in whole seconds: the update time of what changes.</param>
internal sealed class ConfigurationReplacement(WriteSession session, IReadOnlyList<string> selectTags, long now)
{
    private readonly List<(EntityTable Table, JsonObject Entity, EntityRow? Existing)> _changed = [];
    private readonly List<(EntityTable Table, EntityRow Row)> _gone = [];

    /// <param name="wanted">Every entity that there shall be of those that are replaced: valid, complete, each id once per kind, with all of the tags.</param>
    /// <returns>Null, or why not. An error about one of <paramref name="wanted"/> names it.</returns>
    public async Task<ConfigurationError?> RunAsync(IReadOnlyList<KeyValuePair<EntityKey, JsonObject>> wanted, CancellationToken cancellationToken)
    {
        if (CheckReferences(wanted) is { } missing)
        {
            return missing;
        }

        var byKind = wanted.ToLookup(entity => entity.Key.Kind, StringComparer.Ordinal);
        foreach (var table in EntityTables.All.Where(table => table.Kind != EntityKinds.CredentialHashKeys))
        {
            if (await CompareAsync(table, byKind[table.Kind], cancellationToken) is { } foreign)
            {
                return foreign;
            }
        }

        if (selectTags.Count > 0 && await CheckLeftBehindAsync(wanted, cancellationToken) is { } referenced)
        {
            return referenced;
        }

        // First what is unique is let go of, so that names can be handed on; last goes what is deleted, when nothing refers to it any more.
        foreach (var (_, _, existing) in _changed)
        {
            existing?.ClearUnique();
        }

        var kinds = _changed.Select(change => change.Table).ToHashSet();
        foreach (var (_, row) in _gone.Where(gone => kinds.Contains(gone.Table)))
        {
            row.ClearUnique();
        }

        await session.Context.SaveChangesAsync(cancellationToken);
        foreach (var (table, entity, row) in _changed)
        {
            session.Stage(table, entity, row);
        }

        if (await session.SaveAsync(cancellationToken) is { } refused)
        {
            return refused;
        }

        foreach (var (table, row) in Enumerable.Reverse(_gone))
        {
            session.StageDelete(table.Kind, row);
        }

        return await session.SaveAsync(cancellationToken);
    }

    private async Task<ConfigurationError?> CompareAsync(EntityTable table, IEnumerable<KeyValuePair<EntityKey, JsonObject>> wanted, CancellationToken cancellationToken)
    {
        var existing = (await table.AllAsync(session.Context, forUpdate: true, cancellationToken)).ToDictionary(row => row.Id);
        if (table.Kind == EntityKinds.BasicAuthCredentials)
        {
            HashPasswords(wanted, existing, cancellationToken);
        }

        var owned = selectTags.Count is 0 ? existing.Keys.ToHashSet() : await TaggedAsync(table.Kind, cancellationToken);
        foreach (var (key, entity) in wanted)
        {
            existing.Remove(key.Id, out var row);
            if (row is null)
            {
                _changed.Add((table, entity, Existing: null));
                continue;
            }

            if (!owned.Contains(key.Id))
            {
                return ConstraintErrors.NotSelected(key, selectTags);
            }

            var stored = session.Codec.Read(table.Kind, row);
            if (Differs(stored, entity))
            {
                entity["created_at"] = row.CreatedAt;
                if (entity.ContainsKey("updated_at"))
                {
                    entity["updated_at"] = now;
                }

                _changed.Add((table, entity, row));
            }
        }

        _gone.AddRange(existing.Values.Where(row => owned.Contains(row.Id)).Select(row => (table, row)));
        return null;
    }

    /// <summary>Each costs milliseconds by design: on all cores at once. The others' entities are found afterwards to be theirs.</summary>
    private void HashPasswords(IEnumerable<KeyValuePair<EntityKey, JsonObject>> wanted, Dictionary<Guid, EntityRow> existing, CancellationToken cancellationToken) =>
        Parallel.ForEach(wanted, new ParallelOptions { CancellationToken = cancellationToken }, entity =>
            OneWayFields.Hash(entity.Key.Kind, entity.Value, existing.TryGetValue(entity.Key.Id, out var row) ? session.Codec.Read(entity.Key.Kind, row) : null));

    private async Task<HashSet<Guid>> TaggedAsync(string kind, CancellationToken cancellationToken)
    {
        var tags = await session.Context.Tags.AsNoTracking().Where(tag => tag.Kind == kind && selectTags.Contains(tag.Tag)).ToListAsync(cancellationToken);
        return [.. tags.GroupBy(tag => tag.EntityId).Where(found => found.Count() == selectTags.Count).Select(found => found.Key)];
    }

    /// <summary>What somebody else added to an entity would go with it.</summary>
    private async Task<ConfigurationError?> CheckLeftBehindAsync(IReadOnlyList<KeyValuePair<EntityKey, JsonObject>> wanted, CancellationToken cancellationToken)
    {
        var handled = wanted.Select(entity => entity.Key).Concat(_gone.Select(gone => new EntityKey(gone.Table.Kind, gone.Row.Id))).ToHashSet();
        foreach (var (table, row) in _gone)
        {
            if (await session.FindInListsAsync(table.Kind, row.Id, cancellationToken, handled.Contains) is { } holder)
            {
                return ConstraintErrors.NeededByOthers(new EntityKey(table.Kind, row.Id), holder, selectTags);
            }

            foreach (var (referring, foreign) in EntityTables.ReferringTo(table.Kind))
            {
                foreach (var id in await referring.IdsReferringToAsync(session.Context, foreign, row.Id, cancellationToken))
                {
                    if (!handled.Contains(new EntityKey(referring.Kind, id)))
                    {
                        return ConstraintErrors.NeededByOthers(new EntityKey(table.Kind, row.Id), new EntityKey(referring.Kind, id), selectTags);
                    }
                }
            }
        }

        return null;
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
                    return ConstraintErrors.MissingReference(foreign.Field, foreign.TargetKind, id) with { Entity = key };
                }
            }

            foreach (var (list, kind) in EntitySchemas.For(key.Kind).ListReferences)
            {
                if (WriteSession.IdsIn(entity, list.Name).FirstOrDefault(id => !known.Contains(new EntityKey(kind, id))) is var absent && absent != Guid.Empty)
                {
                    return ConstraintErrors.MissingReference(list.Name, kind, absent) with { Entity = key };
                }
            }
        }

        return null;
    }
}
