using System.CommandLine;
using Hybrid.Stacks.Chart;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.Deploy;
using Hybrid.Stacks.Local;
using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Commands;

/// <summary>The `hybrid` command line.</summary>
internal static class HybridCommand
{
    public const string LocalEnvironment = "local";

    private static readonly Argument<string> Environment = new("environment")
    {
        Description = "An environment with configuration in stacks/config, such as dev; or 'local' for this machine",
    };

    private static readonly Argument<string> Part = new("part") { Description = $"One of {string.Join(", ", LocalTopology.Names)}" };

    public static async Task<int> RunAsync(string[] arguments)
    {
        // Ours to handle: `up local` stops its processes in order, which takes longer than the library would wait.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        try
        {
            return await Create().Parse(arguments).InvokeAsync(configuration);
        }
        catch (Exception problem) when (problem is LocalException or PreviewException or DeployException)
        {
            await Console.Error.WriteLineAsync($"hybrid: {problem.Message}");
            return 1;
        }
    }

    public static RootCommand Create()
    {
        var root = new RootCommand("The hybrid API gateway: run it here, preview an environment, bring it up.");
        root.Subcommands.Add(Verb(
            "up",
            "Start the whole topology on this machine (local), or run `pulumi up` for each layer of an environment",
            [LocalCommands.PortsFrom, LocalCommands.State, LocalCommands.Detach, LocalCommands.Supervise, DeployCommands.Layer, DeployCommands.From, DeployCommands.Site, DeployCommands.Yes],
            UpLocal.RunAsync,
            DeployCommands.UpAsync));
        root.Subcommands.Add(Verb(
            "destroy",
            "Run `pulumi destroy` for each layer of an environment, the last first; refused where hybrid:protect is on",
            [DeployCommands.Layer, DeployCommands.From, DeployCommands.Site, DeployCommands.Yes],
            local: null,
            DeployCommands.DestroyAsync));
        foreach (var command in DeployCommands.Create())
        {
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(Verb("status", "What runs on this machine (local)", [LocalCommands.State, LocalCommands.Json], StatusLocal.RunAsync));
        root.Subcommands.Add(Verb("down", "Stop what `up local` started", [LocalCommands.State], DownLocal.RunAsync));
        var start = Verb("start", "Start a stopped part of the local topology again", [LocalCommands.State], StartLocal.RunAsync);
        start.Arguments.Add(Part);
        root.Subcommands.Add(start);

        root.Subcommands.Add(PreviewCommand.Create());
        root.Subcommands.Add(PoliciesCommand.Create());
        root.Subcommands.Add(ChartSchemaCommand.Create());
        root.Subcommands.Add(ConfigDocsCommand.Create());
        return root;
    }

    public static string PartOf(ParseResult arguments) => arguments.GetRequiredValue(Part);

    private static Command Verb(
        string name,
        string description,
        IReadOnlyList<Option> options,
        Func<ParseResult, CancellationToken, Task<int>>? local,
        Func<ParseResult, CancellationToken, Task<int>>? deployed = null)
    {
        var command = new Command(name, description);
        command.Arguments.Add(Environment);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var environment = parsed.GetRequiredValue(Environment);
            return (environment is LocalEnvironment, local, deployed) switch
            {
                (true, { } run, _) => run(parsed, cancellationToken),
                (false, _, { } deploy) => deploy(parsed, cancellationToken),
                (true, _, _) => throw new LocalException($"{name} local: nothing is deployed there (see: down local)"),
                _ => throw new LocalException($"{name} {environment}: only 'local' can be asked (allowed: local)"),
            };
        });
        return command;
    }
}
