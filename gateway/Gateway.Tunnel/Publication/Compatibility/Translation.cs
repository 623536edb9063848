using Gateway.Model;
using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>How entities are put for instances of one profile.</summary>
/// <param name="Key">Equal keys mean equal translations: hashes and payloads are computed once.</param>
/// <param name="Rewrite">Null for no change at all.</param>
/// <param name="Refusal">Not empty where no configuration at all can be put for the profile: then the instance keeps what it has.</param>
public sealed record Translation(string Key, Func<EntityKey, ReadOnlyMemory<byte>, Translated>? Rewrite, IReadOnlyList<ModelError> Refusal)
{
    public static readonly Translation None = new("", null, []);
}
