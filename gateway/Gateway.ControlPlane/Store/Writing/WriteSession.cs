using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>
/// One transaction on the configuration, while it is open. What it reads is locked until it ends. After a method returned an error
/// the transaction can only be given up.
/// </summary>
public sealed class WriteSession
{
    private readonly StoreContext _context;
    private readonly StoreDatabase _database;
    private readonly EntityCodec _codec;
    private readonly CredentialHasher _hasher;
    private readonly OrderedDictionary<EntityKey, PendingChange> _changes = [];

    internal WriteSession(StoreContext context, StoreDatabase database, EntityCodec codec, CredentialHasher hasher)
    {
        _context = context;
        _database = database;
        _codec = codec;
        _hasher = hasher;
        // Dependents are deleted here one by one, since each is a change of its own.
        context.ChangeTracker.CascadeDeleteTiming = CascadeTiming.Never;
        context.ChangeTracker.DeleteOrphansTiming = CascadeTiming.Never;
    }

    internal IEnumerable<KeyValuePair<EntityKey, PendingChange>> Changes => _changes.Where(change => !change.Value.IsVoid);

    /// <summary>Everything that was written, also what is again as it was.</summary>
    internal IEnumerable<KeyValuePair<EntityKey, PendingChange>> Touched => _changes;

    internal StoreContext Context => _context;

    internal EntityCodec Codec => _codec;

    /// <summary>The entity with its secrets, locked; null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(string kind, Guid id, CancellationToken cancellationToken) =>
        await EntityTables.Of(kind).FindForUpdateAsync(_context, id, cancellationToken) is { } row ? _codec.Read(kind, row) : null;

    /// <summary>As <see cref="FindAsync"/>, by the value of a unique field.</summary>
    public async Task<JsonObject?> FindByAsync(string kind, string field, string value, CancellationToken cancellationToken)
    {
        var table = EntityTables.Of(kind);
        var (property, stored) = table.Lookup(field, value, _hasher);
        return await table.FindByAsync(_context, property, stored, cancellationToken) is { } row ? await FindAsync(kind, row.Id, cancellationToken) : null;
    }

    /// <summary>Whether a principal that is limited to <paramref name="tags"/> may touch the entity at all; what it may make of it is checked at the end.</summary>
    /// <param name="tags">Null for no limit.</param>
    /// <returns>Null, or why not.</returns>
    public async Task<ConfigurationError?> CheckWithinAsync(string kind, JsonObject entity, IReadOnlyList<string>? tags, CancellationToken cancellationToken) =>
        tags is null || await TagScope.HoldsAsync(kind, entity, tags, (parentKind, id) => FindAsync(parentKind, id, cancellationToken))
            ? null
            : ConstraintErrors.OutsideTags(new EntityKey(kind, Guid.Parse((string)entity["id"]!)), tags);

    /// <summary>
    /// Creates or replaces. <paramref name="entity"/> is valid and complete; an API key's hash is added here.
    /// </summary>
    /// <returns>Null, or why not: what it refers to is not there, or another entity has the same unique value.</returns>
    public async Task<ConfigurationError?> PutAsync(string kind, JsonObject entity, CancellationToken cancellationToken)
    {
        var table = EntityTables.Of(kind);
        var existing = await table.FindForUpdateAsync(_context, Guid.Parse((string)entity["id"]!), cancellationToken);
        var row = Stage(table, entity, existing);
        foreach (var foreign in table.Foreigns)
        {
            var target = _context.Entry(row).Property<Guid?>(foreign.Property).CurrentValue;
            if (target is { } id && await EntityTables.Of(foreign.TargetKind).FindAsync(_context, id, cancellationToken) is null)
            {
                return ConstraintErrors.MissingReference(foreign.Field, foreign.TargetKind, id);
            }
        }

        if (await CheckListsAsync(kind, entity, cancellationToken) is { } missing)
        {
            return missing;
        }

        return await SaveAsync(cancellationToken);
    }

    /// <summary>Deletes the entity and what can't be without it.</summary>
    /// <returns>Null, or why not: an entity that must not be deleted with it refers to it. Null, too, where there is no such entity.</returns>
    public async Task<ConfigurationError?> DeleteAsync(string kind, Guid id, CancellationToken cancellationToken)
    {
        var row = await EntityTables.Of(kind).FindForUpdateAsync(_context, id, cancellationToken);
        if (row is null)
        {
            return null;
        }

        foreach (var (table, foreign) in EntityTables.ReferringTo(kind))
        {
            var dependents = await table.IdsReferringToAsync(_context, foreign, id, cancellationToken);
            if (dependents.Count > 0 && !foreign.Cascade)
            {
                return ConstraintErrors.StillReferenced(kind, table.Kind);
            }

            foreach (var dependent in dependents)
            {
                if (await DeleteAsync(table.Kind, dependent, cancellationToken) is { } error)
                {
                    return error;
                }
            }
        }

        if (await FindInListsAsync(kind, id, cancellationToken) is { } holder)
        {
            return ConstraintErrors.StillListed(new EntityKey(kind, id), holder);
        }

        StageDelete(kind, row);
        return await SaveAsync(cancellationToken);
    }

    /// <summary>Something that has the entity in one of its lists of ids; null where nothing has.</summary>
    internal async Task<EntityKey?> FindInListsAsync(string kind, Guid id, CancellationToken cancellationToken, Func<EntityKey, bool>? leavesOut = null)
    {
        foreach (var (table, field) in EntityTables.ListsOf(kind))
        {
            foreach (var candidate in await table.IdsMentioningAsync(_context, id, cancellationToken))
            {
                var key = new EntityKey(table.Kind, candidate);
                if (leavesOut?.Invoke(key) is not true && await table.FindAsync(_context, candidate, cancellationToken) is { } row
                    && IdsIn(_codec.Read(table.Kind, row), field).Contains(id))
                {
                    return key;
                }
            }
        }

        return null;
    }

    internal static IEnumerable<Guid> IdsIn(JsonObject entity, string field) => entity[field] is JsonArray ids ? ids.Select(id => Guid.Parse((string)id!)) : [];

    // No foreign key watches lists, so the lock does: what is listed cannot be deleted before this transaction ends, and its deletion then finds the list.
    private async Task<ConfigurationError?> CheckListsAsync(string kind, JsonObject entity, CancellationToken cancellationToken)
    {
        foreach (var (list, target) in EntitySchemas.Find(kind)?.ListReferences ?? [])
        {
            foreach (var id in IdsIn(entity, list.Name).Order())
            {
                if (await EntityTables.Of(target).FindForUpdateAsync(_context, id, cancellationToken) is null)
                {
                    return ConstraintErrors.MissingReference(list.Name, target, id);
                }
            }
        }

        return null;
    }

    /// <summary>Marks a row of a new or changed entity, without saving.</summary>
    internal EntityRow Stage(EntityTable table, JsonObject entity, EntityRow? existing)
    {
        if (table.Kind == EntityKinds.KeyAuthCredentials && (string?)entity["key"] is { } key)
        {
            entity["key_hash"] = _hasher.Hash(key);
        }

        OneWayFields.Hash(table.Kind, entity, existing is null ? null : _codec.Read(table.Kind, existing));
        var row = existing ?? table.NewRow();
        var before = existing is null ? null : _codec.ReadCanonical(table.Kind, existing);
        var beforeHasSecrets = existing?.Secrets is not null;
        var after = _codec.Write(table.Kind, entity, row);
        if (existing is null)
        {
            _context.Add(row);
        }

        Record(new EntityKey(table.Kind, row.Id), before, beforeHasSecrets, after, row.Secrets is not null);
        Retag(table.Kind, row.Id, Tags(before), Tags(entity));
        return row;
    }

    internal void StageDelete(string kind, EntityRow row)
    {
        var before = _codec.ReadCanonical(kind, row);
        Record(new EntityKey(kind, row.Id), before, row.Secrets is not null, after: null, afterHasSecrets: false);
        Retag(kind, row.Id, Tags(before), []);
        _context.Remove(row);
    }

    internal PendingChange? FindTouched(EntityKey key) => _changes.TryGetValue(key, out var change) ? change : null;

    internal async Task<ConfigurationError?> SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _context.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (_database.Classify(exception) == StoreFailure.UniqueViolation)
        {
            foreach (var entry in exception.Entries)
            {
                if (entry.Entity is EntityRow row && EntityTables.OfRow(row) is var table
                    && _database.ViolatedColumn(exception, table.Kind) is { } column && table.UniqueOf(column) is { } unique)
                {
                    return ConstraintErrors.NotUnique(unique, _codec.Read(table.Kind, row)) with { Entity = new EntityKey(table.Kind, row.Id) };
                }
            }

            throw;
        }
    }

    private void Record(EntityKey key, byte[]? before, bool beforeHasSecrets, byte[]? after, bool afterHasSecrets)
    {
        if (!_changes.TryGetValue(key, out var change))
        {
            change = new PendingChange { Before = before, BeforeHasSecrets = beforeHasSecrets };
            _changes.Add(key, change);
        }

        change.After = after;
        change.AfterHasSecrets = afterHasSecrets;
    }

    private void Retag(string kind, Guid id, HashSet<string> old, HashSet<string> now)
    {
        foreach (var tag in old.Except(now, StringComparer.Ordinal))
        {
            _context.Entry(Find(tag) ?? new TagRow { Kind = kind, EntityId = id, Tag = tag }).State = EntityState.Deleted;
        }

        foreach (var tag in now.Except(old, StringComparer.Ordinal))
        {
            _context.Tags.Add(new TagRow { Kind = kind, EntityId = id, Tag = tag });
        }

        TagRow? Find(string tag) => _context.Tags.Local.FindEntryUntyped([kind, id, tag])?.Entity;
    }

    private static HashSet<string> Tags(byte[]? canonical) =>
        canonical is not null && JsonNode.Parse(canonical) is JsonObject entity ? Tags(entity) : [];

    private static HashSet<string> Tags(JsonObject entity) =>
        entity["tags"] is JsonArray tags
            ? tags.Select(tag => (string)tag!).ToHashSet(StringComparer.Ordinal)
            : [];
}
