namespace Gateway.DataPlane.Pipeline;

/// <summary>The plugins that this process can run, as it tells the control plane.</summary>
public sealed class PluginInventory(IEnumerable<PluginFactory> factories)
{
    /// <summary>Name to version.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; } =
        factories.ToDictionary(factory => factory.Name, factory => factory.Version, StringComparer.Ordinal);
}
