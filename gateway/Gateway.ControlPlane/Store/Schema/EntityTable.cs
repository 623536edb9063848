using System.Text.Json;
using Gateway.ControlPlane.Store.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>What the store needs to know of one kind of entity, and the queries that need its row's type.</summary>
internal abstract class EntityTable(string kind)
{
    public string Kind => kind;
    public IReadOnlyList<UniqueColumn> Uniques { get; init; } = [];
    public IReadOnlyList<ForeignColumn> Foreigns { get; init; } = [];

    /// <summary>The row's type.</summary>
    public abstract Type RowType { get; }

    /// <summary>The unique constraint on a column, as the database names it.</summary>
    public UniqueColumn? UniqueOf(string column) =>
        Uniques.FirstOrDefault(unique => JsonNamingPolicy.SnakeCaseLower.ConvertName(unique.Property) == column);

    /// <summary>Where a unique field lies, and what lies there for <paramref name="value"/>.</summary>
    public (string Property, string Value) Lookup(string field, string value, CredentialHasher hasher)
    {
        var unique = Uniques.First(unique => unique.Lookup && unique.Fields.Contains(field, StringComparer.Ordinal) || unique.Fields is [var only] && only == field);
        return (unique.Property, unique.Property is nameof(KeyAuthCredentialRow.KeyHash) ? hasher.Hash(value) : value);
    }

    public abstract void Configure(ModelBuilder modelBuilder);

    public abstract EntityRow NewRow();

    public abstract Task<EntityRow?> FindAsync(StoreContext context, Guid id, CancellationToken cancellationToken);

    /// <summary>Finds and locks, so that neither the entity nor what refers to it can be changed by another transaction.</summary>
    public abstract Task<EntityRow?> FindForUpdateAsync(StoreContext context, Guid id, CancellationToken cancellationToken);

    /// <param name="property">A property of the row.</param>
    public abstract Task<EntityRow?> FindByAsync(StoreContext context, string property, string value, CancellationToken cancellationToken);

    public abstract Task<List<Guid>> IdsReferringToAsync(StoreContext context, ForeignColumn foreign, Guid target, CancellationToken cancellationToken);

    /// <summary>The rows of these ids, in order of them.</summary>
    public abstract Task<List<EntityRow>> FindManyAsync(StoreContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The ids of the rows in whose documents <paramref name="id"/> stands anywhere.</summary>
    public abstract Task<List<Guid>> IdsMentioningAsync(StoreContext context, Guid id, CancellationToken cancellationToken);

    public abstract Task<List<EntityRow>> PageAsync(StoreContext context, EntityFilter filter, CancellationToken cancellationToken);

    /// <summary>The ids of what has one of <paramref name="tags"/>, and of what is nested beneath such an entity of whichever kind.</summary>
    public abstract IQueryable<Guid> IdsWithin(StoreContext context, IReadOnlyList<string> tags);

    /// <summary>Of the rows after <paramref name="after"/> the first whose secrets do not begin with <paramref name="prefix"/>, tracked and locked.</summary>
    public abstract Task<List<EntityRow>> SealedOtherwiseAsync(StoreContext context, byte[] prefix, Guid after, int size, CancellationToken cancellationToken);

    /// <summary>Every row; tracked where <paramref name="forUpdate"/>.</summary>
    public abstract Task<List<EntityRow>> AllAsync(StoreContext context, bool forUpdate, CancellationToken cancellationToken);
}
