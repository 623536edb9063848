using Hybrid.Stacks.Preview;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Support;

/// <summary>What a preview reads of the repository, in a folder that a test may break.</summary>
internal sealed class Clone : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Clone()
    {
        File.Copy(Repository.PathOf("Pulumi.yaml"), _folder.PathOf("Pulumi.yaml"));
        Copy(Repository.PathOf("stacks", "config"), _folder.PathOf(EnvironmentFiles.Folder));
        Copy(Repository.PathOf("stacks", "base"), _folder.PathOf(Path.Combine("stacks", "base")));
        Copy(Repository.PathOf("gateway", "chart"), _folder.PathOf(Path.Combine("gateway", "chart")));
    }

    public string Root => _folder.FullName;

    public string Config(string stack) => Path.Combine(Root, EnvironmentFiles.Folder, $"Pulumi.{stack}.yaml");

    public void Replace(string stack, string text, string with)
    {
        var before = File.ReadAllText(Config(stack));
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(Config(stack), before.Replace(text, with, StringComparison.Ordinal));
    }

    /// <summary>Makes another environment of one: its names, in files and in their content.</summary>
    public void Rename(string environment, string newEnvironment, string site, string newSite)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Root, EnvironmentFiles.Folder)))
        {
            var stack = Path.GetFileNameWithoutExtension(file).Split('.');
            if (!stack.Contains(environment, StringComparer.Ordinal))
            {
                File.Delete(file);
                continue;
            }

            var content = File.ReadAllText(file)
                .Replace($"hybrid:environment: {environment}", $"hybrid:environment: {newEnvironment}", StringComparison.Ordinal)
                .Replace(site, newSite, StringComparison.Ordinal);
            File.Delete(file);
            File.WriteAllText(Config(string.Join('.', stack[1..].Select(part => part == environment ? newEnvironment : part == site ? newSite : part))), content);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
