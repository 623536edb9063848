using Gateway.DataPlane.Configuration;
using Microsoft.Extensions.Hosting;

namespace Gateway.DataPlane.References;

/// <summary>Reads references again, beside the request path, so that a rotated secret needs no restart.</summary>
internal sealed class ReferenceRefresher(ConfigurationStore configurations, RemoteReferences remote) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await remote.WaitAsync(stoppingToken);
                await remote.ReadAsync(stoppingToken);
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
