namespace Pulumi;

/// <summary>An asset or an archive of assets.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive(object value) => Value = value ?? throw new ArgumentNullException(nameof(value));

    internal object Value { get; }
}
