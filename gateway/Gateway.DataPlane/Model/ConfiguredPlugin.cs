using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>A plugin entity with the instance made for this version of it.</summary>
/// <param name="Canonical">The version's bytes: the same bytes keep the instance.</param>
internal sealed record ConfiguredPlugin(Plugin Entity, PluginStep Step, ReadOnlyMemory<byte> Canonical)
{
    public PluginScope Scope => PluginScope.Of(Entity);
}
