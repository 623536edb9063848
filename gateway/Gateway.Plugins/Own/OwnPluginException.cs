namespace Gateway.Plugins.Own;

/// <summary>A plugin cannot be loaded: which file, and why.</summary>
public sealed class OwnPluginException(string file, string problem, Exception? inner = null) : Exception($"{file}: {problem}", inner);
