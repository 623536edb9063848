using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.References;

internal static class ReferencingPlugins
{
    /// <summary>The enabled plugins whose configs have references.</summary>
    public static IEnumerable<(Plugin Entity, ReferencingPlugin Instance)> Referencing(this RuntimeConfiguration configuration)
    {
        foreach (var plugin in configuration.PluginEntities.Values)
        {
            if (configuration.Plugins.Find(plugin.Name, PluginScope.Of(plugin)) is { Step.Instance: ReferencingPlugin instance } configured && configured.Entity.Id == plugin.Id)
            {
                yield return (plugin, instance);
            }
        }
    }
}
