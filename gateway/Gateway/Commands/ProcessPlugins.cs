using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins;
using Gateway.Plugins.Own;
using Gateway.Settings;

namespace Gateway.Commands;

/// <summary>The plugins that <c>GATEWAY_PLUGINS_PATH</c> adds to those of this version: before any command runs, since all of them read the catalogue.</summary>
internal static class ProcessPlugins
{
    /// <exception cref="OwnPluginException">One of them cannot be loaded.</exception>
    public static IReadOnlyList<OwnPlugin> Install()
    {
        if (Environment.GetEnvironmentVariable(SettingsEnvironment.EnvironmentName(SettingNames.PluginsPath)) is not { Length: > 0 } folder)
        {
            return [];
        }

        var plugins = OwnPlugins.Load(folder);
        PluginCatalogue.Install([.. plugins.Select(static plugin => plugin.Definition)]);
        return plugins;
    }
}
