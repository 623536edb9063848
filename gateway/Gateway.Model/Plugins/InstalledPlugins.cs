namespace Gateway.Model.Plugins;

/// <summary>The catalogue's content, which grows at most once.</summary>
internal sealed class InstalledPlugins(IReadOnlyList<PluginDefinition> builtIn)
{
    private volatile Snapshot _snapshot = new(builtIn);
    private int _isInstalled;

    public IReadOnlyList<PluginDefinition> All => _snapshot.All;

    public IReadOnlyDictionary<string, PluginDefinition> ByName => _snapshot.ByName;

    public void Add(IReadOnlyList<PluginDefinition> plugins)
    {
        if (Interlocked.Exchange(ref _isInstalled, 1) != 0)
        {
            throw new InvalidOperationException("Plugins have been installed already.");
        }

        _snapshot = new Snapshot([.. builtIn, .. plugins]);
    }

    private sealed class Snapshot(IReadOnlyList<PluginDefinition> all)
    {
        public IReadOnlyList<PluginDefinition> All => all;

        public Dictionary<string, PluginDefinition> ByName { get; } = all.ToDictionary(static plugin => plugin.Name, StringComparer.Ordinal);
    }
}
