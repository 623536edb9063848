namespace Hybrid.Testing;

/// <summary>Helm, where it is installed.</summary>
public static class HelmProgram
{
    /// <summary>Null where it is not on the PATH.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("PATH")?
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "helm.exe" : "helm"))
        .FirstOrDefault(File.Exists);

    public const string Missing = "helm is not on the PATH";
}
