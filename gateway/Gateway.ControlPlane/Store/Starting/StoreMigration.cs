using Gateway.ControlPlane.Store.Databases;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Store.Starting;

/// <summary>
/// Brings a database to this version's schema, and does nothing else: it needs no key ring and no certificate, so that it can run before a first installation has them.
/// Several at once wait for each other.
/// </summary>
public static partial class StoreMigration
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <param name="patience">How long a database that does not answer is waited for.</param>
    /// <returns>What was migrated, without credentials.</returns>
    /// <exception cref="StartRefusedException">The database did not answer in time, or is another's.</exception>
    public static async Task<string> RunAsync(
        ControlPlaneOptions options, TimeSpan patience, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        await using var database = ControlPlaneServices.OpenDatabase(options);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await database.PrepareAsync(static _ => Task.CompletedTask, cancellationToken);
                return database.Description;
            }
            catch (Exception exception) when (database.Classify(exception) is StoreFailure.Unavailable || exception is StoreUnavailableException)
            {
                if (time.GetElapsedTime(started) > patience)
                {
                    throw new StartRefusedException($"the database {database.Description} did not answer within {patience.TotalSeconds:0} s: {exception.GetBaseException().Message}", exception);
                }

                LogWaiting(logger, database.Description, exception.GetBaseException().Message);
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(EventId = 3015, Level = LogLevel.Warning, Message = "The database {Database} does not answer yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string database, string reason);
}
