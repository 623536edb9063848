using Hybrid.Testing;
using k8s;

namespace Hybrid.Infra.Tests.Chart;

/// <summary>Runs Helm, where it is installed.</summary>
internal static class Helm
{
    private static readonly string Chart = Repository.PathOf("gateway", "chart");

    private static readonly string? Program = Environment.GetEnvironmentVariable("PATH")?
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "helm.exe" : "helm"))
        .FirstOrDefault(File.Exists);

    public static async Task<string> LintAsync(params string[] values) => await RunAsync("lint", [Chart, .. Set(values)]) is { ExitCode: 0 } run
        ? run.Output
        : throw new InvalidOperationException("helm lint failed");

    /// <summary>The objects, each strictly read as what Kubernetes' own API knows: a field that it does not know is an error.</summary>
    public static async Task<IReadOnlyList<IKubernetesObject>> TemplateAsync(params string[] values)
    {
        var run = await RunAsync("template", ["gw", Chart, "--namespace", "gateway", .. Set(values)]);
        Assert.True(run.ExitCode is 0, run.Error);
        return [.. KubernetesYaml.LoadAllFromString(run.Output, strict: true).Where(found => found is not null).Cast<IKubernetesObject>()];
    }

    public static async Task<string> RefusalAsync(params string[] values)
    {
        var run = await RunAsync("template", ["gw", Chart, .. Set(values)]);
        Assert.NotEqual(0, run.ExitCode);
        return run.Error;
    }

    private static IEnumerable<string> Set(string[] values) => values.SelectMany(value => new[] { "--set", value });

    private static Task<FinishedProcess> RunAsync(string verb, string[] arguments)
    {
        Assert.SkipWhen(Program is null, "helm is not on the PATH");
        return RunningProcess.RunAsync(Program, [verb, .. arguments]);
    }
}
