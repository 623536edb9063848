using Gateway.DataPlane.Configuration;
using Microsoft.Extensions.Hosting;

namespace Gateway.DataPlane.References;

/// <summary>Reads references again, beside the request path, so that a rotated secret needs no restart.</summary>
internal sealed class ReferenceRefresher(ConfigurationStore configurations, TimeProvider time) : BackgroundService
{
    /// <summary>The longest that a value is used after it was replaced.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (_, instance) in configurations.Current.Referencing())
                {
                    instance.Refresh();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }
}
