using System.CommandLine;
using Hybrid.Stacks.Layers;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid config-docs</c>: writes the configuration's documentation anew, after a change of its types.</summary>
internal static class ConfigDocsCommand
{
    public static Command Create()
    {
        var command = new Command("config-docs", $"Write {ConfigurationDocument.Path} from the types of the configuration");
        command.SetAction(async (_, cancellationToken) =>
        {
            await File.WriteAllTextAsync(Path.Combine(RepositoryFolder.Find(), ConfigurationDocument.Path), new ConfigurationDocument().Write(), cancellationToken);
            return 0;
        });
        return command;
    }
}
