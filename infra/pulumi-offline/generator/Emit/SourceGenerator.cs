using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Makes all files of the subset that come from schemas.</summary>
internal static class SourceGenerator
{
    public static IReadOnlyList<GeneratedFile> Generate(IEnumerable<PackageSchema> packages)
        => [.. packages.SelectMany(package => new PackageEmitter(package).Emit())];

    /// <summary>Replaces the folder's generated files.</summary>
    public static void Write(IReadOnlyList<GeneratedFile> files, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var stale in Directory.EnumerateFiles(directory, "*.g.cs", SearchOption.AllDirectories))
        {
            File.Delete(stale);
        }

        foreach (var file in files)
        {
            var path = Path.Combine(directory, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
        }
    }
}
