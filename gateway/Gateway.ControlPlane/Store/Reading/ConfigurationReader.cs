using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>The configuration as administrators see it, secrets included: who shows it masks them.</summary>
internal sealed class ConfigurationReader(StoreDatabase database, EntityCodec codec, CredentialHasher hasher) : IEntitySource
{
    public Task<JsonObject?> FindAsync(string kind, Guid id, CancellationToken cancellationToken) => ReadAsync(async context =>
        await EntityTables.Of(kind).FindAsync(context, id, cancellationToken) is { } row ? codec.Read(kind, row) : null);

    /// <summary>By the value of a unique field.</summary>
    public Task<JsonObject?> FindByAsync(string kind, string field, string value, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var table = EntityTables.Of(kind);
        var (property, stored) = table.Lookup(field, value, hasher);
        return await table.FindByAsync(context, property, stored, cancellationToken) is { } row ? codec.Read(kind, row) : null;
    });

    public Task<EntityPage> ListAsync(string kind, EntityQuery query, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var table = EntityTables.Of(kind);
        var references = query.References.Select(reference =>
            KeyValuePair.Create(table.Foreigns.First(foreign => foreign.Field == reference.Key), reference.Value)).ToList();
        // One more than wanted says whether there is a next page.
        var rows = await table.PageAsync(context, new EntityFilter(query.After, query.Size + 1, query.Tags, query.AnyTag, references) { Within = query.Within }, cancellationToken);
        var entities = rows.Take(query.Size).Select(row => codec.Read(kind, row)).ToList();
        return new EntityPage(entities, rows.Count > query.Size ? rows[query.Size - 1].Id : null);
    });

    /// <summary>The entities of these ids, in order of them; without those that are not there.</summary>
    public Task<List<JsonObject>> FindManyAsync(string kind, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => ReadAsync(async context =>
        (await EntityTables.Of(kind).FindManyAsync(context, ids, cancellationToken)).ConvertAll(row => codec.Read(kind, row)));

    /// <summary>The names that each of these certificates answers for.</summary>
    public Task<ILookup<Guid, string>> ServerNamesAsync(IReadOnlyCollection<Guid> certificates, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var rows = await context.Set<SniRow>().AsNoTracking().Where(row => certificates.Contains(row.CertificateId!.Value))
            .Select(row => new { row.CertificateId, row.Name }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.CertificateId!.Value, row => row.Name!);
    });

    /// <summary>Every entity of every kind that administrators write, of one moment.</summary>
    public Task<List<KeyValuePair<EntityKey, JsonObject>>> AllAsync(CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        await using var transaction = await database.BeginReadAsync(context, cancellationToken);
        var entities = new List<KeyValuePair<EntityKey, JsonObject>>();
        foreach (var table in EntityTables.All.Where(table => table.Kind != EntityKinds.CredentialHashKeys))
        {
            var rows = await table.AllAsync(context, forUpdate: false, cancellationToken);
            entities.AddRange(rows.Select(row => KeyValuePair.Create(new EntityKey(table.Kind, row.Id), codec.Read(table.Kind, row))));
        }

        return entities;
    });

    /// <summary>Whether an entity has one of <paramref name="tags"/>, or is nested beneath one that has.</summary>
    public Task<bool> IsWithinAsync(string kind, JsonObject entity, IReadOnlyList<string> tags, CancellationToken cancellationToken) => ReadAsync(context =>
        TagScope.HoldsAsync(kind, entity, tags, async (parentKind, id) =>
            await EntityTables.Of(parentKind).FindAsync(context, id, cancellationToken) is { } row ? (JsonObject)JsonNode.Parse(row.Document)! : null));

    /// <summary>Tags in order, from after the given one.</summary>
    public Task<List<TaggedEntity>> TagsAsync(string? tag, TaggedEntity? after, int size, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var query = context.Tags.AsNoTracking();
        if (tag is not null)
        {
            query = query.Where(row => row.Tag == tag);
        }

        if (after is not null)
        {
            query = query.Where(row => string.Compare(row.Tag, after.Tag) > 0
                || (row.Tag == after.Tag && string.Compare(row.Kind, after.Kind) > 0)
                || (row.Tag == after.Tag && row.Kind == after.Kind && row.EntityId > after.Id));
        }

        return await query.OrderBy(row => row.Tag).ThenBy(row => row.Kind).ThenBy(row => row.EntityId).Take(size)
            .Select(row => new TaggedEntity(row.Tag, row.Kind, row.EntityId)).ToListAsync(cancellationToken);
    });

    /// <summary>Newest first, from before the given one.</summary>
    public Task<List<RevisionInfo>> RevisionsAsync(long? before, int size, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var rows = await context.Revisions.AsNoTracking().Where(row => before == null || row.Revision < before)
            .OrderByDescending(row => row.Revision).Take(size).ToListAsync(cancellationToken);
        return rows.ConvertAll(RevisionReader.Info);
    });

    /// <summary>The names of the plugins that are configured anywhere, in order.</summary>
    public Task<List<string>> PluginNamesAsync(CancellationToken cancellationToken) => ReadAsync(context =>
        context.Set<PluginRow>().Select(row => row.Name!).Distinct().OrderBy(name => name).ToListAsync(cancellationToken));

    public Task<HeadInfo> HeadAsync(CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        await using var transaction = await database.BeginReadAsync(context, cancellationToken);
        var head = await context.Head.AsNoTracking().SingleAsync(cancellationToken);
        var stable = await context.Releases.AsNoTracking().SingleAsync(release => release.Channel == Release.StableChannel, cancellationToken);
        return new HeadInfo(head.Revision, stable.Revision);
    });

    private Task<T> ReadAsync<T>(Func<StoreContext, Task<T>> read) => database.ReadAsync(read);
}
