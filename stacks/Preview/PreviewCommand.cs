using System.CommandLine;
using Hybrid.Stacks.Layers;
using Hybrid.Stacks.Policies;
using Spectre.Console;

namespace Hybrid.Stacks.Preview;

/// <summary><c>hybrid preview ENV</c>: an environment as it would be, without credentials, CLI or network.</summary>
internal static class PreviewCommand
{
    /// <summary>The preview was made, and a rule of the policy does not hold.</summary>
    public const int PolicyFailure = 3;

    public static Command Create()
    {
        var environment = new Argument<string>("environment") { Description = "An environment with configuration in stacks/config, such as dev" };
        var json = new Option<bool>("--json") { Description = "For machines: a stable format, secrets masked" };
        var mode = new Option<PreviewMode>("--mode")
        {
            Description = "Show the programs as an update runs them (update, the default), or as a preview does, with what providers compute unknown (preview); both are checked",
        };
        var policy = new Option<PolicyMode>("--policy")
        {
            Description = $"End with {PolicyFailure} when a policy rule does not hold (enforce, the default), or only say so (advisory)",
        };
        var command = new Command("preview", "Every resource of an environment, layer by layer, before anything exists") { environment, json, mode, policy };
        command.SetAction((arguments, _) => RunAsync(arguments.GetRequiredValue(environment), arguments.GetValue(json), arguments.GetValue(mode), arguments.GetValue(policy)));
        return command;
    }

    private static async Task<int> RunAsync(string environment, bool json, PreviewMode mode, PolicyMode policy)
    {
        PreviewedEnvironment preview;
        PolicyReport policies;
        try
        {
            var repository = RepositoryFolder.Find();
            preview = await EnvironmentPreview.RunAsync(environment, repository, mode);
            // Rules are asked about what is known, whatever is shown.
            var known = mode is PreviewMode.Update ? preview : await EnvironmentPreview.RunAsync(environment, repository);
            policies = PolicyEvaluation.Run(known, EnvironmentFiles.Of(environment, repository), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        }
        catch (Exception problem) when (problem is PreviewException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"hybrid: {problem.Message}");
            return 1;
        }

        if (json)
        {
            await Console.Out.WriteLineAsync(PreviewJson.Write(preview, policies));
        }
        else if (Console.IsOutputRedirected)
        {
            PreviewText.Write(preview, Console.Out);
            PolicyText.Write(policies, Console.Out);
        }
        else
        {
            PreviewText.Write(preview, AnsiConsole.Console);
            PolicyText.Write(policies, Console.Out);
        }

        return policies.Passes || policy is PolicyMode.Advisory ? 0 : PolicyFailure;
    }
}
