using System.CommandLine;
using Gateway.DataPlane.Pipeline;
using Gateway.Hosting;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary><c>gateway run</c>: the role that the settings say, until SIGTERM.</summary>
internal static class RunCommand
{
    /// <param name="own">Plugins that did not come with the gateway.</param>
    public static Command Create(IReadOnlyList<OwnPlugin> own)
    {
        var command = new Command("run", "Run as control plane or data plane, by GATEWAY_ROLE");
        command.SetAction(async (_, cancellationToken) =>
        {
            var settings = ProcessSettings.Read();
            if (EnrollCommand.IsNeeded(settings))
            {
                await EnrollCommand.EnrollAsync(settings, settings.DataPlane!.EnrollmentToken!, cancellationToken);
            }

            await HostRunner.RunAsync(
                () => settings.Role is Roles.ControlPlane ? ControlPlaneHost.Build(settings) : DataPlaneHost.Build(settings, own), cancellationToken);
            return 0;
        });
        return command;
    }
}
