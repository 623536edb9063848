using System.CommandLine;
using Gateway.Commands;
using Gateway.Commands.Config;
using Gateway.Commands.Plugins;
using Gateway.Commands.Release;
using Gateway.Commands.Search;
using Gateway.DataPlane.Pipeline;
using Gateway.Plugins.Own;

IReadOnlyList<OwnPlugin> own;
try
{
    own = ProcessPlugins.Install();
}
catch (OwnPluginException problem)
{
    await Console.Error.WriteLineAsync($"gateway: {problem.Message}");
    return 1;
}

var root = new RootCommand("The hybrid API gateway: control plane or data plane, by GATEWAY_ROLE.")
{
    RunCommand.Create(own),
    EnrollCommand.Create(),
    CertsCommand.Create(),
    KeysCommand.Create(),
    KeyringCommand.Create(),
    HealthCommand.Create(),
    MigrateCommand.Create(),
    ReleaseCommand.Create(),
    ConfigCommand.Create(),
    PluginsCommand.Create(),
    SearchSetupCommand.Create(),
    SettingsCommand.Create(),
};

// `run` stops by its own rules (drain first), not by the library's two seconds.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
try
{
    return await root.Parse(args).InvokeAsync(configuration);
}
catch (CommandException problem)
{
    await Console.Error.WriteLineAsync($"gateway: {problem.Message}");
    return 1;
}
