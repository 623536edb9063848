namespace Hybrid.Benchmarks.Plugins;

/// <summary>What is measured: plugins of a route, as a declarative file has them.</summary>
/// <param name="Plugins">YAML, one plugin per line; none for the route alone.</param>
internal sealed record Contestant(string Name, params string[] Plugins)
{
    public IReadOnlyList<string> Headers { get; init; } = [];

    public string Path => "/p/" + Name.Replace(' ', '-').Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
}
