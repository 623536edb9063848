using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Publication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Store.Writing;

/// <summary>
/// Every change of the configuration goes through here: one transaction with its changes, its revision, and the release that moves with it.
/// </summary>
internal sealed partial class RevisionWriter(
    StoreDatabase database, EntityCodec codec, CredentialHasher hasher, StoreSignals signals, TimeProvider time, ILogger<RevisionWriter> logger)
{
    private const int MaxAttempts = 8;

    /// <summary>Rows of the change log that are held in memory at once.</summary>
    private const int ChunkSize = 2_000;

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction, and commits what it did as one revision; nothing at all where it returns an error or throws.
    /// May run <paramref name="work"/> again, from the start, where another transaction came in between.
    /// </summary>
    /// <param name="alone">True where the work depends on seeing the whole configuration.</param>
    /// <param name="rehearse">True to commit nothing: the outcome is what it would have been.</param>
    /// <exception cref="StoreUnavailableException">The database is away.</exception>
    public async Task<Result<Committed<T>>> WriteAsync<T>(
        WriteOrigin origin, bool alone, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken, bool rehearse = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteAsync(origin, alone, work, rehearse, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttempts && database.Classify(exception) is StoreFailure.Conflict or StoreFailure.UniqueViolation)
            {
                // A unique violation comes here only where two transactions created the same id at once: the second try finds the first's.
                LogRetried(attempt, exception.GetBaseException().Message);
            }
            catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable or StoreFailure.Conflict)
            {
                throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
            }
        }
    }

    private async Task<Result<Committed<T>>> TryWriteAsync<T>(
        WriteOrigin origin, bool alone, Func<WriteSession, CancellationToken, Task<Result<T>>> work, bool rehearse, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        HeadRow head;
        T result;
        int count;
        await using (var transaction = await database.BeginWriteAsync(context, alone, cancellationToken))
        {
            var session = new WriteSession(context, database, codec, hasher);
            var outcome = await work(session, cancellationToken);
            if (!outcome.Succeeded(out var value, out var error))
            {
                return error;
            }

            if (origin.Limits is { } tags && await new TagLimit(session, tags).CheckAsync(cancellationToken) is { } outside)
            {
                return outside;
            }

            result = value;
            var changes = session.Changes.ToList();
            count = changes.Count;
            if (count > ChunkSize)
            {
                // What is saved already need not be watched, nor held, while the log is written.
                await context.SaveChangesAsync(cancellationToken);
                context.ChangeTracker.Clear();
            }

            head = await database.LockHeadAsync(context, cancellationToken);
            if (count == 0 || rehearse)
            {
                return new Committed<T>(result, head.Revision, count);
            }

            await AppendAsync(context, head, origin, changes, cancellationToken);
            await database.NotifyAsync(context, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        signals.See(head);
        LogCommitted(head.Revision, count, origin.Principal);
        return new Committed<T>(result, head.Revision, count);
    }

    private async Task AppendAsync(
        StoreContext context, HeadRow head, WriteOrigin origin, List<KeyValuePair<EntityKey, PendingChange>> changes, CancellationToken cancellationToken)
    {
        head.Revision++;
        head.ReleaseVersion++;
        context.Revisions.Add(new RevisionRow
        {
            Revision = head.Revision,
            Principal = origin.Principal,
            SourceAddress = origin.SourceAddress,
            Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Message = origin.Message,
            Origin = origin.Kind,
            ChangeCount = changes.Count,
        });
        await MoveStableAsync(context, head.Revision, cancellationToken);
        for (var first = 0; first < changes.Count; first += ChunkSize)
        {
            var rows = changes.Skip(first).Take(ChunkSize).Select((change, index) => RowOf(head.Revision, first + index, change.Key, change.Value)).ToList();
            context.Changes.AddRange(rows);
            await context.SaveChangesAsync(cancellationToken);
            rows.ForEach(row => context.Entry(row).State = EntityState.Detached);
        }
    }

    private ChangeRow RowOf(long revision, int ordinal, EntityKey key, PendingChange change) => new()
    {
        Revision = revision,
        Ordinal = ordinal,
        Kind = key.Kind,
        EntityId = key.Id,
        Before = change.Before is null ? null : codec.WriteChange(key, ChangeSide.Before, revision, change.Before, change.BeforeHasSecrets),
        After = change.After is null ? null : codec.WriteChange(key, ChangeSide.After, revision, change.After, change.AfterHasSecrets),
    };

    // While a stage is open, or after an abort or a rollback, what is written waits.
    private static async Task MoveStableAsync(StoreContext context, long revision, CancellationToken cancellationToken)
    {
        var releases = await context.Releases.ToListAsync(cancellationToken);
        if (releases is [{ Channel: Release.StableChannel, Held: false } stable])
        {
            stable.Revision = revision;
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Revision {Revision} committed: {Changes} changes by {Principal}")]
    private partial void LogCommitted(long revision, int changes, string principal);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "A transaction is tried again after attempt {Attempt}: {Reason}")]
    private partial void LogRetried(int attempt, string reason);
}
