using System.Collections.Immutable;

namespace Pulumi;

/// <summary>An archive made of named assets and archives.</summary>
public sealed class AssetArchive : Archive
{
    public AssetArchive(IDictionary<string, AssetOrArchive> assets)
        : base(assets.ToImmutableDictionary())
    {
    }
}
