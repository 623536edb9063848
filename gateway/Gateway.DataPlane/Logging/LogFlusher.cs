using Microsoft.Extensions.Hosting;

namespace Gateway.DataPlane.Logging;

/// <summary>Sends what waits in queues before the process ends, once the server has ended.</summary>
internal sealed class LogFlusher(PluginLogging logging) : IHostedLifecycleService
{
    public Task StoppedAsync(CancellationToken cancellationToken) => logging.DrainAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
