using Gateway.Commands;
using Gateway.ControlPlane;
using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Identity;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Hosting;

/// <summary>Starts a host and waits for its end; a start that fails is one clear line.</summary>
internal static class HostRunner
{
    public static async Task RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or AddressInUseException or StartRefusedException or CertificateException or CacheException)
        {
            throw new CommandException(problem.Message);
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }
}
