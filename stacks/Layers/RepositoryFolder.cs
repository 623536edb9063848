namespace Hybrid.Stacks.Layers;

/// <summary>Finds the folder of <c>Pulumi.yaml</c>.</summary>
internal static class RepositoryFolder
{
    private const string Mark = "Pulumi.yaml";

    /// <summary>Set by the script <c>hybrid</c>.</summary>
    private const string RootVariable = "HYBRID_ROOT";

    /// <exception cref="DirectoryNotFoundException">Neither the current folder nor the program's is in a clone.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root)
        {
            return root;
        }

        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Mark)))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException($"{Mark} was not found in {Directory.GetCurrentDirectory()} or above it");
    }
}
