using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Hosting;

/// <summary>
/// Told to stop, the data plane first fails its readiness and goes on serving, so that load balancers take it out; only then the server stops accepting and lets
/// requests in flight end. Clients with open connections learn it from <c>Connection: close</c>.
/// </summary>
internal sealed class GracefulShutdown(
    ServingState state, IOptions<DataPlaneOptions> options, TimeProvider time, ILogger<GracefulShutdown> logger)
    : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (state.IsDraining)
        {
            return;
        }

        state.BeginDraining();
        HostingLog.Draining(logger, options.Value.ShutdownDelay, state.Connections);
        if (options.Value.ShutdownDelay > TimeSpan.Zero)
        {
            await Task.Delay(options.Value.ShutdownDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        HostingLog.Stopped(logger, state.Connections);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
