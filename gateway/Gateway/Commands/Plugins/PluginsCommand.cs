using System.CommandLine;
using Gateway.Plugins.Listing;
using Spectre.Console;

namespace Gateway.Commands.Plugins;

/// <summary><c>gateway plugins</c>: what this build has.</summary>
internal static class PluginsCommand
{
    public static Command Create()
    {
        var markdown = new Option<DirectoryInfo?>("--markdown") { Description = "Print the documentation's table instead; its links lead to the pages in this folder", HelpName = "FOLDER" };
        var command = new Command("plugins", "List this build's plugins in the order in which they run") { markdown };
        command.SetAction(result =>
        {
            if (result.GetValue(markdown) is { } folder)
            {
                Console.Out.Write(PluginTable.Write(page => File.Exists(Path.Combine(folder.FullName, page))));
                return;
            }

            var table = new Table().Border(TableBorder.None).AddColumns("plugin", "version", "priority", "phases", "bound to");
            foreach (var plugin in PluginListing.All())
            {
                table.AddRow(plugin.Name, plugin.Version, $"{plugin.Priority}", string.Join(", ", plugin.Phases), string.Join(", ", plugin.Scopes));
            }

            AnsiConsole.Write(table);
        });
        return command;
    }
}
