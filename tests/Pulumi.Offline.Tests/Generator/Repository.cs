namespace Hybrid.PulumiOffline.Tests.Generator;

/// <summary>Finds files of the repository that a test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Infra.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory}: no folder above it holds Infra.sln");
    }
}
