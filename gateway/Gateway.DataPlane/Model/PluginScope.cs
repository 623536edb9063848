using System.Runtime.InteropServices;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>What a plugin is limited to; an empty id stands for no limit.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PluginScope(Guid Route, Guid Service, Guid Consumer, Guid Group = default)
{
    public static PluginScope Of(Plugin plugin) =>
        new(plugin.Route?.Id ?? Guid.Empty, plugin.Service?.Id ?? Guid.Empty, plugin.Consumer?.Id ?? Guid.Empty, plugin.ConsumerGroup?.Id ?? Guid.Empty);
}
