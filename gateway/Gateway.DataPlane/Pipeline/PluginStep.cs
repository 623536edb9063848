namespace Gateway.DataPlane.Pipeline;

/// <summary>One plugin's turn in a chain.</summary>
internal sealed record PluginStep(string Name, int Priority, PluginInstance Instance)
{
    /// <summary>Negative where the first runs before the second: by priority, then by name, so that every data plane has the same order.</summary>
    public static int Order(PluginStep first, PluginStep second)
    {
        var byPriority = second.Priority.CompareTo(first.Priority);
        return byPriority != 0 ? byPriority : string.CompareOrdinal(first.Name, second.Name);
    }
}
