using System.CommandLine;
using Hybrid.Stacks.Layers;
using Spectre.Console;

namespace Hybrid.Stacks.Preview;

/// <summary><c>hybrid preview ENV</c>: an environment as it would be, without credentials, CLI or network.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var environment = new Argument<string>("environment") { Description = "An environment with configuration in stacks/config, such as dev" };
        var json = new Option<bool>("--json") { Description = "For machines: a stable format, secrets masked" };
        var mode = new Option<PreviewMode>("--mode")
        {
            Description = "Show the programs as an update runs them (update, the default), or as a preview does, with what providers compute unknown (preview); both are checked",
        };
        var command = new Command("preview", "Every resource of an environment, layer by layer, before anything exists") { environment, json, mode };
        command.SetAction((arguments, _) => RunAsync(arguments.GetRequiredValue(environment), arguments.GetValue(json), arguments.GetValue(mode)));
        return command;
    }

    private static async Task<int> RunAsync(string environment, bool json, PreviewMode mode)
    {
        PreviewedEnvironment preview;
        try
        {
            preview = await EnvironmentPreview.RunAsync(environment, RepositoryFolder.Find(), mode);
        }
        catch (Exception problem) when (problem is PreviewException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"hybrid: {problem.Message}");
            return 1;
        }

        if (json)
        {
            await Console.Out.WriteLineAsync(PreviewJson.Write(preview));
        }
        else if (Console.IsOutputRedirected)
        {
            PreviewText.Write(preview, Console.Out);
        }
        else
        {
            PreviewText.Write(preview, AnsiConsole.Console);
        }

        return 0;
    }
}
