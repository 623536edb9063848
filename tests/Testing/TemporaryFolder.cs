namespace Hybrid.Testing;

/// <summary>A folder that is removed with its contents.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => FullName = Directory.CreateTempSubdirectory("hybrid-test-").FullName;

    public string FullName { get; }

    public string PathOf(string name) => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
