using Gateway.ControlPlane.Store.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Store.Starting;

/// <summary>Hears what other replicas committed, by notification and, as a safety net, by asking now and then.</summary>
internal sealed partial class ReplicaListener(
    StoreDatabase database, StoreSignals signals, ControlPlaneOptions options, TimeProvider time, ILogger<ReplicaListener> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var listener = database.CreateListener();
        if (listener is null)
        {
            return;
        }

        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await listener.WaitAsync(options.PollInterval, stoppingToken);
                signals.See(await database.ReadAsync(context => context.Head.AsNoTracking().SingleAsync(stoppingToken)));
                if (away)
                {
                    away = false;
                    LogBack(database.Description);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!away)
                {
                    away = true;
                    LogAway(database.Description, exception.GetBaseException().Message);
                }

                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 3020, Level = LogLevel.Warning, Message = "The database {Database} is away: {Reason}; what is published stays, writes are refused")]
    private partial void LogAway(string database, string reason);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Information, Message = "The database {Database} is back")]
    private partial void LogBack(string database);
}
