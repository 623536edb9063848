namespace Pulumi;

/// <summary>What a URI points to.</summary>
public sealed class RemoteAsset : Asset
{
    public RemoteAsset(string uri)
        : base(uri)
    {
    }
}
