using System.CommandLine;
using Gateway.ControlPlane;
using Gateway.ControlPlane.Store.Starting;
using Gateway.Hosting;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary><c>gateway migrate</c>: brings the control plane's database to this version's schema. Several at once wait for each other.</summary>
internal static class MigrateCommand
{
    /// <summary>A database that is made together with the job that migrates it takes a while.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        var command = new Command("migrate", "Bring the control plane's database to this version's schema; safe to run from several places at once");
        command.SetAction(async (_, cancellationToken) =>
        {
            var settings = ProcessSettings.Read();
            var controlPlane = settings.ControlPlane ?? throw new CommandException($"{SettingsEnvironment.EnvironmentName(SettingNames.Role)}: a data plane has no database to migrate");
            using var logging = LoggerFactory.Create(builder => builder.AddGatewayLogging(settings));
            try
            {
                var database = await StoreMigration.RunAsync(
                    ControlPlaneHost.Options(settings, controlPlane), Patience, TimeProvider.System, logging.CreateLogger("Gateway.Migrate"), cancellationToken);
                Console.WriteLine($"{database} has this version's schema");
                return 0;
            }
            catch (StartRefusedException problem)
            {
                throw new CommandException(problem.Message);
            }
        });
        return command;
    }
}
