using Gateway.ControlPlane.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>Aborts an open stage when something speaks against it. Every replica looks; the first one acts.</summary>
internal sealed partial class StageGuard(ReleaseReader reader, ReleaseControl control, StoreSignals signals, TimeProvider time, ILogger<StageGuard> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Looks once. False where no stage is open.</summary>
    internal async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (!await reader.HasStageAsync(cancellationToken) || (await reader.ReadAsync(cancellationToken)).Stage is not { } stage)
        {
            return false;
        }

        if (stage.Objection() is { } objection)
        {
            await control.AbortIfAsync(stage.Record, objection, cancellationToken);
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in signals.Releases.WatchAsync(stoppingToken))
            {
                while (await TryLookAsync(stoppingToken))
                {
                    await Task.Delay(Interval, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    /// <summary>Whether to look again soon.</summary>
    private async Task<bool> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            LogPutOff(exception.Message);
            return true;
        }
    }

    [LoggerMessage(EventId = 3064, Level = LogLevel.Warning, Message = "Whether a stage is open, and how it stands, can't be told: {Reason}")]
    private partial void LogPutOff(string reason);
}
