namespace Pulumi;

/// <summary>An archive file or a directory.</summary>
public sealed class FileArchive : Archive
{
    public FileArchive(string path)
        : base(path)
    {
    }
}
