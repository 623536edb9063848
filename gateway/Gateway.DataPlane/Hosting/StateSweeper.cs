using Gateway.DataPlane.Pipeline;
using Microsoft.Extensions.Hosting;

namespace Gateway.DataPlane.Hosting;

/// <summary>Lets plugins' state forget what has expired, beside the request path.</summary>
internal sealed class StateSweeper(PluginStateStore states, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                states.Sweep(time.GetUtcNow());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }
}
