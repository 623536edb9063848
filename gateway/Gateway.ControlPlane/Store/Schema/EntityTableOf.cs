using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Schema;

/// <inheritdoc/>
internal sealed class EntityTableOf<TRow>(string kind) : EntityTable(kind)
    where TRow : EntityRow, new()
{
    private readonly string _selectForUpdate = "SELECT * FROM " + kind + " WHERE id = {0} FOR UPDATE";
    private readonly string _selectAllForUpdate = "SELECT * FROM " + kind + " ORDER BY id FOR UPDATE";

    private readonly string _selectSealedOtherwise =
        "SELECT * FROM " + kind + " WHERE secrets IS NOT NULL AND substr(secrets, 1, {0}) <> {1} AND id > {2} ORDER BY id LIMIT {3}";

    public override Type RowType => typeof(TRow);

    public override void Configure(ModelBuilder modelBuilder)
    {
        var builder = modelBuilder.Entity<TRow>();
        builder.ToTable(Kind).HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        foreach (var unique in Uniques)
        {
            builder.HasIndex(unique.Property).IsUnique();
        }

        foreach (var foreign in Foreigns)
        {
            builder.HasOne(foreign.TargetRow).WithMany().HasForeignKey(foreign.Property)
                .IsRequired(foreign.Required)
                .OnDelete(foreign.Cascade ? DeleteBehavior.Cascade : DeleteBehavior.Restrict);
        }
    }

    public override EntityRow NewRow() => new TRow();

    public override async Task<EntityRow?> FindAsync(StoreContext context, Guid id, CancellationToken cancellationToken) =>
        await context.Set<TRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);

    public override async Task<EntityRow?> FindForUpdateAsync(StoreContext context, Guid id, CancellationToken cancellationToken)
    {
        if (context.Set<TRow>().Local.FindEntry(id) is { } known)
        {
            return known.State == EntityState.Deleted ? null : known.Entity;
        }

        var rows = context is PostgreSqlStoreContext
            ? context.Set<TRow>().FromSqlRaw(_selectForUpdate, id).AsAsyncEnumerable()
            : context.Set<TRow>().Where(row => row.Id == id).AsAsyncEnumerable();
        return await rows.SingleOrDefaultAsync(cancellationToken);
    }

    // PostgreSQL takes no text with U+0000, so nothing is called so.
    public override async Task<EntityRow?> FindByAsync(StoreContext context, string property, string value, CancellationToken cancellationToken) => value.Contains('\0', StringComparison.Ordinal)
        ? null
        : await context.Set<TRow>().AsNoTracking().SingleOrDefaultAsync(row => EF.Property<string?>(row, property) == value, cancellationToken);

    public override Task<List<Guid>> IdsReferringToAsync(StoreContext context, ForeignColumn foreign, Guid target, CancellationToken cancellationToken)
    {
        var property = foreign.Property;
        return context.Set<TRow>().Where(row => EF.Property<Guid?>(row, property) == target).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    public override async Task<List<EntityRow>> FindManyAsync(StoreContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        [.. await context.Set<TRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken)];

    public override Task<List<Guid>> IdsMentioningAsync(StoreContext context, Guid id, CancellationToken cancellationToken)
    {
        var text = id.ToString("D");
        return context.Set<TRow>().Where(row => row.Document.Contains(text)).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    public override async Task<List<EntityRow>> PageAsync(StoreContext context, EntityFilter filter, CancellationToken cancellationToken)
    {
        var query = context.Set<TRow>().AsNoTracking();
        foreach (var (foreign, id) in filter.References)
        {
            var property = foreign.Property;
            query = query.Where(row => EF.Property<Guid?>(row, property) == id);
        }

        if (filter.After is { } after)
        {
            query = query.Where(row => row.Id > after);
        }

        var ownKind = Kind;
        if (filter.AnyTag)
        {
            query = query.Where(row => context.Tags.Any(tag => tag.Kind == ownKind && tag.EntityId == row.Id && filter.Tags.Contains(tag.Tag)));
        }
        else
        {
            foreach (var wanted in filter.Tags)
            {
                query = query.Where(row => context.Tags.Any(tag => tag.Kind == ownKind && tag.EntityId == row.Id && tag.Tag == wanted));
            }
        }

        if (filter.Within is { } limits)
        {
            var within = IdsWithin(context, limits);
            query = query.Where(row => within.Contains(row.Id));
        }

        return [.. await query.OrderBy(row => row.Id).Take(filter.Size).ToListAsync(cancellationToken)];
    }

    public override IQueryable<Guid> IdsWithin(StoreContext context, IReadOnlyList<string> tags)
    {
        var ownKind = Kind;
        var ids = context.Tags.Where(tag => tag.Kind == ownKind && tags.Contains(tag.Tag)).Select(tag => tag.EntityId);
        foreach (var foreign in Foreigns.Where(foreign => foreign.Owned))
        {
            var property = foreign.Property;
            var parents = EntityTables.Of(foreign.TargetKind).IdsWithin(context, tags).Select(id => (Guid?)id);
            ids = ids.Union(context.Set<TRow>().Where(row => parents.Contains(EF.Property<Guid?>(row, property))).Select(row => row.Id));
        }

        return ids;
    }

    public override async Task<List<EntityRow>> SealedOtherwiseAsync(StoreContext context, byte[] prefix, Guid after, int size, CancellationToken cancellationToken) =>
        [.. await context.Set<TRow>()
            .FromSqlRaw(context is PostgreSqlStoreContext ? _selectSealedOtherwise + " FOR UPDATE" : _selectSealedOtherwise, prefix.Length, prefix, after, size)
            .ToListAsync(cancellationToken)];

    public override async Task<List<EntityRow>> AllAsync(StoreContext context, bool forUpdate, CancellationToken cancellationToken)
    {
        if (!forUpdate)
        {
            return [.. await context.Set<TRow>().AsNoTracking().ToListAsync(cancellationToken)];
        }

        return context is PostgreSqlStoreContext
            ? [.. await context.Set<TRow>().FromSqlRaw(_selectAllForUpdate).ToListAsync(cancellationToken)]
            : [.. await context.Set<TRow>().ToListAsync(cancellationToken)];
    }
}
