using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>
/// Seals what the database holds anew, under the key of the ring that seals now: secrets of entities, and the retained history. Small transactions, one after another, so
/// that it can be stopped anywhere and run again, while control planes with the same keys in their rings read and write.
/// </summary>
internal sealed class KeyRotation(StoreDatabase database, KeyRing ring, EntityCodec codec)
{
    private const int BatchSize = 200;
    private const int MaxAttempts = 8;

    /// <returns>A line for each key of the ring, and one for the keys it lacks where there is anything under them.</returns>
    public async Task<IReadOnlyList<KeyUse>> ReadUseAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        await using var transaction = await database.BeginReadAsync(context, cancellationToken);
        var (entities, changes) = (await CountEntitiesAsync(context, [], cancellationToken), await CountChangesAsync(context, SealedDocument.PrefixOfSealed(), cancellationToken));
        var uses = new List<KeyUse>();
        foreach (var id in ring.Ids)
        {
            uses.Add(new KeyUse(
                id,
                id == ring.ActiveId,
                await CountEntitiesAsync(context, Sealer.PrefixOf(id), cancellationToken),
                await CountChangesAsync(context, SealedDocument.PrefixOf(id), cancellationToken)));
        }

        var lost = new KeyUse(null, Active: false, entities - uses.Sum(use => use.Entities), changes - uses.Sum(use => use.Changes));
        return lost.IsUnused ? uses : [.. uses, lost];
    }

    /// <param name="progress">Called after each transaction with how many rows it sealed.</param>
    /// <returns>How many rows were sealed anew.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Something is sealed under a key that the ring lacks; what came before it stays sealed anew.</exception>
    public async Task<long> RunAsync(Action<int>? progress, CancellationToken cancellationToken)
    {
        long all = 0;
        foreach (var table in EntityTables.All)
        {
            var after = Guid.Empty;
            for (int count; (count = await AttemptAsync(SealRowsAsync, cancellationToken)) > 0; all += count)
            {
                progress?.Invoke(count);
            }

            async Task<int> SealRowsAsync(StoreContext context)
            {
                var rows = await table.SealedOtherwiseAsync(context, Sealer.PrefixOf(ring.ActiveId), after, BatchSize, cancellationToken);
                rows.ForEach(row => codec.Reseal(table.Kind, row));
                after = rows.Count > 0 ? rows[^1].Id : after;
                return rows.Count;
            }
        }

        var (revision, ordinal) = (0L, -1);
        for (int count; (count = await AttemptAsync(SealChangesAsync, cancellationToken)) > 0; all += count)
        {
            progress?.Invoke(count);
        }

        return all;

        async Task<int> SealChangesAsync(StoreContext context)
        {
            var changes = await SealedOtherwiseAsync(context, revision, ordinal, cancellationToken);
            changes.ForEach(codec.Reseal);
            (revision, ordinal) = changes.Count > 0 ? (changes[^1].Revision, changes[^1].Ordinal) : (revision, ordinal);
            return changes.Count;
        }
    }

    private async Task<int> AttemptAsync(Func<StoreContext, Task<int>> sealBatch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var context = database.CreateContext();
                await using var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken);
                var count = await sealBatch(context);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return count;
            }
            catch (Exception exception) when (attempt < MaxAttempts && database.Classify(exception) is StoreFailure.Conflict)
            {
                // A writer came in between. What was passed over meanwhile is found by the next run.
            }
        }
    }

    private Task<List<ChangeRow>> SealedOtherwiseAsync(StoreContext context, long revision, int ordinal, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT * FROM changes
            WHERE (revision > {0} OR (revision = {0} AND ordinal > {1}))
            AND ((substr("before", 1, 1) = {2} AND substr("before", 1, {3}) <> {4}) OR (substr("after", 1, 1) = {2} AND substr("after", 1, {3}) <> {4}))
            ORDER BY revision, ordinal LIMIT {5}
            """;
        var prefix = SealedDocument.PrefixOf(ring.ActiveId);
        return context.Changes
            .FromSqlRaw(context is PostgreSqlStoreContext ? Select + " FOR UPDATE" : Select, revision, ordinal, SealedDocument.PrefixOfSealed(), prefix.Length, prefix, BatchSize)
            .ToListAsync(cancellationToken);
    }

    private static async Task<long> CountEntitiesAsync(StoreContext context, byte[] prefix, CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (var table in EntityTables.All)
        {
            count += await CountAsync(context, table.Kind, "secrets", prefix, cancellationToken);
        }

        return count;
    }

    private static async Task<long> CountChangesAsync(StoreContext context, byte[] prefix, CancellationToken cancellationToken) =>
        await CountAsync(context, "changes", "before", prefix, cancellationToken) + await CountAsync(context, "changes", "after", prefix, cancellationToken);

    // Names of our own tables and columns only.
    private static Task<long> CountAsync(StoreContext context, string table, string column, byte[] prefix, CancellationToken cancellationToken)
    {
        var all = $"SELECT count(*) AS \"Value\" FROM {table} WHERE \"{column}\" IS NOT NULL";
        var some = $"SELECT count(*) AS \"Value\" FROM {table} WHERE substr(\"{column}\", 1, {{0}}) = {{1}}";
        return prefix.Length == 0
            ? context.Database.SqlQueryRaw<long>(all).SingleAsync(cancellationToken)
            : context.Database.SqlQueryRaw<long>(some, prefix.Length, prefix).SingleAsync(cancellationToken);
    }
}
