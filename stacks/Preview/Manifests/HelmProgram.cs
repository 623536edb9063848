using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Manifests;

/// <summary>Helm, which renders charts. It needs no cluster for that.</summary>
internal static class HelmProgram
{
    private const string Name = "helm";

    /// <exception cref="PreviewException">It is not installed.</exception>
    public static void Require()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name)));
        if (!found)
        {
            throw new PreviewException("--manifests: helm was not found on the PATH; it renders the charts: see https://helm.sh/docs/intro/install/");
        }
    }

    /// <param name="values">A file of YAML or JSON.</param>
    /// <exception cref="PreviewException">The chart refuses the values.</exception>
    public static async Task<string> TemplateAsync(string source, string release, string chart, string homeNamespace, string values, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await ChildProcess.RunAsync(
            Name, ["template", release, chart, "--namespace", homeNamespace, "--values", values], ImmutableDictionary<string, string>.Empty, cancellationToken);
        return exitCode is 0 ? output : throw new PreviewException($"{source}: the chart refuses its values: {OneLine(error)}");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
