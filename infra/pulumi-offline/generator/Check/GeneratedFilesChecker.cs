using Pulumi.Offline.Generator.Emit;

namespace Pulumi.Offline.Generator.Check;

/// <summary>Compares committed sources with what the generator makes now.</summary>
internal static class GeneratedFilesChecker
{
    private const string Remedy = "what `generate` writes";

    public static IReadOnlyList<Finding> Check(IReadOnlyList<GeneratedFile> files, string directory)
    {
        var expected = files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);
        var actual = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(directory, path).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        return
        [
            .. expected.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(path => (path, problem: Compare(expected.GetValueOrDefault(path), actual.GetValueOrDefault(path))))
                .Where(file => file.problem is not null)
                .Select(file => new Finding(file.path, file.problem!, Remedy)),
        ];
    }

    private static string? Compare(string? expected, string? actual)
    {
        if (expected is null)
        {
            return "the generator does not make this file";
        }

        if (actual is null)
        {
            return "the file is missing";
        }

        if (expected == actual)
        {
            return null;
        }

        var line = expected.Split('\n').Zip(actual.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        return $"it differs from line {line} on";
    }
}
