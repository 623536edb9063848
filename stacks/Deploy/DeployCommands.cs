using System.CommandLine;
using Hybrid.Stacks.Layers;

namespace Hybrid.Stacks.Deploy;

/// <summary>The command line of deployed environments.</summary>
internal static class DeployCommands
{
    /// <summary>What <c>drift</c> answers when something drifted, as <c>terraform plan -detailed-exitcode</c> does.</summary>
    public const int Drifted = 2;

    public static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before changing an environment" };

    public static readonly Option<string?> Layer = new("--layer") { Description = "Only this layer, such as platform", HelpName = "LAYER" };

    public static readonly Option<string?> From = new("--from") { Description = "This layer and those that come after it: to go on after a failure", HelpName = "LAYER" };

    public static readonly Option<string?> Site = new("--site") { Description = "Of the on-premises sites only this one", HelpName = "SITE" };

    private static readonly Argument<string> Environment = new("environment") { Description = "An environment with configuration in stacks/config, such as dev" };

    private static readonly Option<bool> Json = new("--json") { Description = "For scripts" };

    private static readonly Option<bool> ShowSecrets = new("--show-secrets") { Description = "Secrets in clear" };

    public static IEnumerable<Command> Create()
    {
        yield return Verb("plan", "Run `pulumi preview` for each layer of an environment: what `up` would do to what is deployed", [Layer, From, Site], PlanAsync);
        yield return Verb("refresh", "Take over into the state what changed in the cloud", [Layer, From, Site, Yes], RefreshAsync);
        yield return Verb("outputs", "What each layer of an environment hands on, secrets masked", [Layer, Site, Json, ShowSecrets], OutputsAsync);
        yield return Verb("drift", $"Compare the cloud with the program; exit code 0 when they agree, {Drifted} when they don't, 1 when it can't be told", [Layer, Site], DriftAsync);
    }

    public static async Task<int> UpAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var repository = RepositoryFolder.Find();
        var selection = Selection(arguments);
        _ = selection.In(repository);
        var cli = Cli(repository);
        RequireOfficialPackages("up");
        await new EnvironmentDeployment(cli, repository, Console.Out).UpAsync(selection, arguments.GetValue(Yes));
        return 0;
    }

    public static async Task<int> DestroyAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var repository = RepositoryFolder.Find();
        var selection = Selection(arguments);
        _ = selection.In(repository);
        await new EnvironmentDeployment(Cli(repository), repository, Console.Out).DestroyAsync(selection, arguments.GetValue(Yes));
        return 0;
    }

    private static async Task<int> PlanAsync(ParseResult arguments, string repository, StackSelection selection)
    {
        var cli = Cli(repository);
        RequireOfficialPackages("plan");
        await new EnvironmentDeployment(cli, repository, Console.Out).PlanAsync(selection);
        return 0;
    }

    private static async Task<int> RefreshAsync(ParseResult arguments, string repository, StackSelection selection)
    {
        await new EnvironmentDeployment(Cli(repository), repository, Console.Out).RefreshAsync(selection, arguments.GetValue(Yes));
        return 0;
    }

    private static async Task<int> OutputsAsync(ParseResult arguments, string repository, StackSelection selection)
    {
        await new EnvironmentOutputs(Cli(repository), repository, Console.Out).WriteAsync(selection, arguments.GetValue(ShowSecrets), arguments.GetValue(Json));
        return 0;
    }

    private static async Task<int> DriftAsync(ParseResult arguments, string repository, StackSelection selection)
    {
        var cli = Cli(repository);
        RequireOfficialPackages("drift");
        return await new EnvironmentDrift(cli, repository, Console.Out).CountAsync(selection) is 0 ? 0 : Drifted;
    }

    private static Command Verb(string name, string description, IEnumerable<Option> options, Func<ParseResult, string, StackSelection, Task<int>> run)
    {
        var command = new Command(name, description);
        command.Arguments.Add(Environment);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var repository = RepositoryFolder.Find();
            var selection = Selection(arguments);
            _ = selection.In(repository);
            return run(arguments, repository, selection);
        });
        return command;
    }

    private static StackSelection Selection(ParseResult arguments) => new(
        arguments.GetRequiredValue<string>(Environment.Name),
        arguments.GetValue<string?>(Layer.Name),
        arguments.CommandResult.Command.Options.Contains(From) ? arguments.GetValue(From) : null,
        arguments.GetValue(Site));

    private static PulumiCli Cli(string repository) => PulumiCli.Find(repository, System.Environment.GetEnvironmentVariable("PATH"));

    private static void RequireOfficialPackages(string verb)
    {
        if (!PulumiPackages.AreOfficial)
        {
            throw new DeployException($"{verb} needs the official Pulumi packages, and this was built with the offline subset, which only previews: make them restorable, delete artifacts/pulumi-mode and try again");
        }
    }
}
