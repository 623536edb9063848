using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Makes a plugin's instances. Registered once per process, under the plugin's name in the catalogue.</summary>
public abstract class PluginFactory
{
    /// <summary>Such as <c>key-auth</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Reported to the control plane, which withholds what an instance cannot read.</summary>
    public abstract string Version { get; }

    /// <summary>Plugins run from the highest to the lowest; the same numbers as Kong's.</summary>
    public abstract int Priority { get; }

    /// <summary>An instance for this entity; null where <paramref name="errors"/> says why it cannot be.</summary>
    public abstract PluginInstance? Create(Plugin entity, PluginHost host, ICollection<ModelError> errors);
}
