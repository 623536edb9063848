using System.CommandLine;
using Hybrid.Stacks.Layers;
using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview.Comparison;
using Hybrid.Stacks.Preview.Graph;
using Hybrid.Stacks.Preview.Manifests;
using Spectre.Console;

namespace Hybrid.Stacks.Preview;

/// <summary><c>hybrid preview ENV</c>: an environment as it would be, without credentials, CLI or network.</summary>
internal static class PreviewCommand
{
    /// <summary>The preview was made, and a rule of the policy does not hold.</summary>
    public const int PolicyFailure = 3;

    private static readonly Argument<string> Environment = new("environment") { Description = "An environment with configuration in stacks/config, such as dev" };

    private static readonly Option<bool> Json = new("--json") { Description = "For machines: a stable format, secrets masked" };

    private static readonly Option<PreviewMode> Mode = new("--mode")
    {
        Description = "Show the programs as an update runs them (update, the default), or as a preview does, with what providers compute unknown (preview); both are checked",
    };

    private static readonly Option<PolicyMode> Policy = new("--policy")
    {
        Description = $"End with {PolicyFailure} when a policy rule does not hold (enforce, the default), or only say so (advisory)",
    };

    private static readonly Option<string?> Diff = new("--diff")
    {
        Description = "What would change if this tree were brought up after the given branch, tag or commit",
        HelpName = "GIT-REF",
    };

    private static readonly Option<bool> Markdown = new("--markdown") { Description = "With --diff: as the comment on a pull request" };

    private static readonly Option<bool> ExitCode = new("--exit-code")
    {
        Description = $"With --diff: end with {DiffCommand.Differences} if something changes, with {DiffCommand.Destruction} if something that holds data is deleted or replaced",
    };

    private static readonly Option<string?> Graph = new("--graph") { Description = "Draw the environment into this file", HelpName = "FILE.svg" };

    private static readonly Option<string?> Manifests = new("--manifests")
    {
        Description = "Write what would be in the clusters into this folder, with Helm",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("preview", "Every resource of an environment, layer by layer, before anything exists")
        {
            Environment, Json, Mode, Policy, Diff, Markdown, ExitCode, Graph, Manifests,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            Check(arguments);
            return await PreviewAsync(arguments, RepositoryFolder.Find(), cancellationToken);
        }
        catch (Exception problem) when (problem is PreviewException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"hybrid: {problem.Message}");
            return 1;
        }
    }

    private static void Check(ParseResult arguments)
    {
        if (arguments.GetValue(Diff) is not null)
        {
            if (arguments.GetValue(Mode) is not PreviewMode.Update)
            {
                throw new PreviewException("--mode: not with --diff, which compares what is known after an update");
            }

            if (arguments.GetValue(Json) && arguments.GetValue(Markdown))
            {
                throw new PreviewException("--markdown: not with --json; allowed: one of them");
            }
        }
        else if (arguments.GetValue(Markdown) || arguments.GetValue(ExitCode))
        {
            throw new PreviewException($"{(arguments.GetValue(Markdown) ? "--markdown" : "--exit-code")}: only with --diff");
        }
    }

    private static async Task<int> PreviewAsync(ParseResult arguments, string repository, CancellationToken cancellationToken)
    {
        var environment = arguments.GetRequiredValue(Environment);
        var preview = await EnvironmentPreview.RunAsync(environment, repository, arguments.GetValue(Mode));

        // Rules are asked about what is known, whatever is shown.
        var known = preview.Mode is PreviewMode.Update ? preview : await EnvironmentPreview.RunAsync(environment, repository);
        var policies = PolicyEvaluation.Run(known, EnvironmentFiles.Of(environment, repository), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var failure = policies.Passes || arguments.GetValue(Policy) is PolicyMode.Advisory ? 0 : PolicyFailure;
        if (arguments.GetValue(Graph) is { } drawing)
        {
            GraphFile.Write(preview, drawing);
        }

        if (arguments.GetValue(Manifests) is { } folder)
        {
            // Beside the output, which may be for a program.
            await Console.Error.WriteLineAsync($"hybrid: {await new ManifestWriter(repository, folder).WriteAsync(known, cancellationToken)}");
        }

        if (arguments.GetValue(Diff) is { } reference)
        {
            var format = arguments.GetValue(Json) ? DiffFormat.Json : arguments.GetValue(Markdown) ? DiffFormat.Markdown : DiffFormat.Text;
            var difference = await new DiffCommand(repository).RunAsync(preview, policies, reference, format, cancellationToken);
            return Math.Max(failure, arguments.GetValue(ExitCode) ? difference : 0);
        }

        Show(preview, policies, arguments.GetValue(Json));
        return failure;
    }

    private static void Show(PreviewedEnvironment preview, PolicyReport policies, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(PreviewJson.Write(preview, policies));
            return;
        }

        if (Console.IsOutputRedirected)
        {
            PreviewText.Write(preview, Console.Out);
        }
        else
        {
            PreviewText.Write(preview, AnsiConsole.Console);
        }

        PolicyText.Write(policies, Console.Out);
    }
}
