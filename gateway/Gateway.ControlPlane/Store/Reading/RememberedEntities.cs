using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Entities;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>One released configuration, read as the database is. Indexes are made when they are first needed.</summary>
internal sealed class RememberedEntities(EntitySet set, CredentialHasher hasher) : IEntitySource
{
    private readonly ConcurrentDictionary<(string Kind, string Property), Lazy<Dictionary<string, Guid>>> _uniques = new();
    private readonly Lazy<Dictionary<string, Guid[]>> _ids = new(() => set.Entities.Keys
        .GroupBy(key => key.Kind, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(key => key.Id).Order().ToArray(), StringComparer.Ordinal));

    public EntitySet Set => set;

    public Task<JsonObject?> FindAsync(string kind, Guid id, CancellationToken cancellationToken) => Task.FromResult(Find(kind, id));

    public Task<JsonObject?> FindByAsync(string kind, string field, string value, CancellationToken cancellationToken)
    {
        var table = EntityTables.Of(kind);
        var (property, stored) = table.Lookup(field, value, hasher);
        var ids = _uniques.GetOrAdd((kind, property), key => new Lazy<Dictionary<string, Guid>>(() => Index(table, key.Property))).Value;
        return Task.FromResult(ids.TryGetValue(stored, out var id) ? Find(kind, id) : null);
    }

    public Task<EntityPage> ListAsync(string kind, EntityQuery query, CancellationToken cancellationToken)
    {
        var ids = IdsOf(kind);
        var start = query.After is { } after ? Array.BinarySearch(ids, after) : -1;
        var entities = new List<JsonObject>();
        for (var i = start >= 0 ? start + 1 : ~start; i < ids.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entity = Find(kind, ids[i])!;
            if (!IsIn(kind, entity, query))
            {
                continue;
            }

            if (entities.Count == query.Size)
            {
                return Task.FromResult(new EntityPage(entities, Guid.Parse((string)entities[^1]["id"]!)));
            }

            entities.Add(entity);
        }

        return Task.FromResult(new EntityPage(entities, Next: null));
    }

    public Task<ILookup<Guid, string>> ServerNamesAsync(IReadOnlyCollection<Guid> certificates, CancellationToken cancellationToken) => Task.FromResult(
        IdsOf(EntityKinds.Snis).Select(id => Find(EntityKinds.Snis, id)!)
            .Select(sni => (Certificate: Guid.Parse((string)sni["certificate"]!["id"]!), Name: (string)sni["name"]!))
            .Where(sni => certificates.Contains(sni.Certificate))
            .ToLookup(sni => sni.Certificate, sni => sni.Name));

    public Task<bool> IsWithinAsync(string kind, JsonObject entity, IReadOnlyList<string> tags, CancellationToken cancellationToken) =>
        Task.FromResult(IsWithin(kind, entity, tags));

    private bool IsIn(string kind, JsonObject entity, EntityQuery query)
    {
        foreach (var (field, id) in query.References)
        {
            if (entity[field] is not JsonObject reference || Guid.Parse((string)reference["id"]!) != id)
            {
                return false;
            }
        }

        var hasTags = query.AnyTag
            ? TagScope.HasTag(entity, query.Tags)
            : query.Tags.All(tag => TagScope.HasTag(entity, [tag]));
        return hasTags && (query.Within is not { } limits || IsWithin(kind, entity, limits));
    }

    private bool IsWithin(string kind, JsonObject entity, IReadOnlyList<string> tags) =>
        TagScope.HasTag(entity, tags)
        || EntityTables.Of(kind).Foreigns.Where(foreign => foreign.Owned).Any(foreign =>
            TagScope.ReferenceOf(entity, foreign) is { } id && Find(foreign.TargetKind, id) is { } parent && IsWithin(foreign.TargetKind, parent, tags));

    private JsonObject? Find(string kind, Guid id)
    {
        if (!set.Entities.TryGetValue(new EntityKey(kind, id), out var canonical))
        {
            return null;
        }

        var entity = (JsonObject)JsonNode.Parse(canonical.Span)!;
        if (kind == EntityKinds.KeyAuthCredentials && entity["key_hash"] is not null)
        {
            // Not published: here for a reader to see that there is one.
            entity["key"] = SecretMask.Text;
        }

        return entity;
    }

    private Guid[] IdsOf(string kind) => _ids.Value.GetValueOrDefault(kind) ?? [];

    private Dictionary<string, Guid> Index(EntityTable table, string property)
    {
        var column = table.RowType.GetProperty(property)!;
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var id in IdsOf(table.Kind))
        {
            var row = table.NewRow();
            row.ReadColumns(Find(table.Kind, id)!);
            if (column.GetValue(row) is string value)
            {
                ids[value] = id;
            }
        }

        return ids;
    }
}
