using Gateway.Commands;
using Gateway.ControlPlane;
using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Identity;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Hosting;

/// <summary>Builds and starts a host and waits for its end; a start that fails, at whichever point, is one clear line.</summary>
internal static class HostRunner
{
    public static async Task RunAsync(Func<WebApplication> build, CancellationToken cancellationToken)
    {
        await using var app = await StartAsync(build, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task<WebApplication> StartAsync(Func<WebApplication> build, CancellationToken cancellationToken)
    {
        WebApplication? app = null;
        try
        {
            app = build();
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch (Exception problem)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            if (problem is IOException or AddressInUseException or StartRefusedException or CertificateException or CacheException)
            {
                throw new CommandException(problem.Message);
            }

            throw;
        }
    }
}
