using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Views;

/// <summary>What sites with the same rights receive.</summary>
/// <param name="Key">Equal keys mean equal views: their hashes and payloads are computed once.</param>
/// <param name="Includes">Whether an entity, by its key and canonical bytes alone, belongs to the view. Null for everything.</param>
public sealed record SiteView(string Key, Func<EntityKey, ReadOnlyMemory<byte>, bool>? Includes)
{
    public static readonly SiteView Everything = new("", null);
}
