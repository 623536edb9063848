namespace Pulumi;

/// <summary>A single blob: a text, a file or a URI.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(object value)
        : base(value)
    {
    }
}
