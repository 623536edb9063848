namespace Gateway.DataPlane.Routing;

/// <summary>A path of a route: a prefix in normal form, or a regex.</summary>
internal sealed record PathCriterion(string Prefix, PathPattern? Pattern)
{
    /// <summary>Where it lies in the tree of paths.</summary>
    public string TreeKey => Pattern?.LiteralPrefix ?? Prefix;
}
