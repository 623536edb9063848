using System.Globalization;
using System.Text;

namespace Gateway.Plugins.Listing;

/// <summary>The listing as the documentation shows it.</summary>
public static class PluginTable
{
    /// <summary>Where the repository keeps it.</summary>
    public const string Path = "docs/plugins/README.md";

    /// <summary>The name of the page about a plugin, beside the table. A plugin and its advanced kind may share one.</summary>
    /// <param name="exists">Whether there is a page of this name.</param>
    public static string PageOf(string plugin, Func<string, bool> exists) =>
        exists($"{plugin}.md") ? $"{plugin}.md" : $"{plugin.Replace("-advanced", string.Empty, StringComparison.Ordinal)}.md";

    public static string Write(Func<string, bool> exists)
    {
        var text = new StringBuilder("""
            # Plugins

            In the order in which they run in each phase. Written by `gateway plugins --markdown` from the code. [The contract](contract.md) says what a plugin may do and when; every field with its type
            and default is in [Kong compatibility](../kong-compatibility.md#plugins), and at `/schemas/plugins/NAME` on the Admin API.

            | plugin | priority | phases | bound to | fields | of Kong's, refused by name |
            | --- | --- | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        foreach (var plugin in PluginListing.All())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| [{plugin.Name}]({PageOf(plugin.Name, exists)}) | {plugin.Priority} | {string.Join(", ", plugin.Phases)} | {string.Join(", ", plugin.Scopes)} | {plugin.Fields.Count} | {string.Join(", ", plugin.Refused.Select(field => $"`{field}`"))} |\n");
        }

        return text.ToString();
    }
}
