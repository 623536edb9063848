using System.CommandLine;
using Gateway.ControlPlane;
using Gateway.Hosting;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary><c>gateway migrate</c>: brings the control plane's database to this version's schema. Several at once wait for each other.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the control plane's database to this version's schema; safe to run from several places at once");
        command.SetAction(async (_, cancellationToken) =>
        {
            var settings = ProcessSettings.Read();
            var controlPlane = settings.ControlPlane ?? throw new CommandException($"{SettingsEnvironment.EnvironmentName(SettingNames.Role)}: a data plane has no database to migrate");
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.AddGatewayLogging(settings);
            try
            {
                // Opening the store is migrating it, under a lock.
                builder.Services.AddControlPlane(ControlPlaneHost.Options(settings, controlPlane));
                using var host = builder.Build();
                await host.StartAsync(cancellationToken);
                await host.StopAsync(cancellationToken);
            }
            catch (StartRefusedException problem)
            {
                throw new CommandException(problem.Message);
            }

            Console.WriteLine("the database has this version's schema");
            return 0;
        });
        return command;
    }
}
