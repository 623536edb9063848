using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>How entities are rewritten for instances of one profile.</summary>
/// <param name="Key">Equal keys mean equal translations: hashes and payloads are computed once.</param>
/// <param name="Rewrite">An entity's canonical bytes as the profile reads them, null to leave the entity out. Null for no change at all.</param>
public sealed record Translation(string Key, Func<EntityKey, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? Rewrite)
{
    public static readonly Translation None = new("", null);
}
