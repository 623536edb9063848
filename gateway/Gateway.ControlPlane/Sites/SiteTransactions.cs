using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Sites;

/// <summary>Writes what decides who may join; every replica hears of it.</summary>
internal sealed partial class SiteTransactions(StoreDatabase database, StoreSignals signals, SiteDirectory directory, ILogger<SiteTransactions> logger)
{
    /// <exception cref="StoreUnavailableException">The database is away.</exception>
    public async Task<Result<T>> WriteAsync<T>(string principal, Func<StoreContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = database.CreateContext();
            HeadRow head;
            Result<T> outcome;
            await using (var transaction = await database.BeginWriteAsync(context, alone: false, cancellationToken))
            {
                // The head first here: sites change seldom, and no configuration is locked.
                head = await database.LockHeadAsync(context, cancellationToken);
                outcome = await work(context);
                if (!outcome.Succeeded(out _, out _) || !context.ChangeTracker.HasChanges())
                {
                    return outcome;
                }

                head.SiteVersion++;
                await context.SaveChangesAsync(cancellationToken);
                await database.NotifyAsync(context, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            LogChanged(principal);
            await directory.RefreshAsync(cancellationToken);
            signals.See(head);
            return outcome;
        }
        catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable)
        {
            throw new StoreUnavailableException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }
    }

    [LoggerMessage(EventId = 3040, Level = LogLevel.Information, Message = "Sites were changed by {Principal}")]
    private partial void LogChanged(string principal);
}
