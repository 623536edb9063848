namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>
/// What the previous minor version cannot read. Whoever adds a kind or a field adds a line here, in the same change; lines older than the previous minor version are
/// dropped with each minor release. Plugins need none: each instance says which it has, in which version.
/// </summary>
/// <param name="All">In no particular order.</param>
internal sealed record Introductions(IReadOnlyList<Introduction> All)
{
    /// <summary>0.1 is the first version: everything was introduced with it.</summary>
    public static readonly Introductions Known = new([]);
}
