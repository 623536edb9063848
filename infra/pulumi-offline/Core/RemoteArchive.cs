namespace Pulumi;

/// <summary>An archive that a URI points to.</summary>
public sealed class RemoteArchive : Archive
{
    public RemoteArchive(string uri)
        : base(uri)
    {
    }
}
