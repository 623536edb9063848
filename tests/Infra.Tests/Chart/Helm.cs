using Hybrid.Infra.Tests.Chart.Manifests;
using Hybrid.Testing;

namespace Hybrid.Infra.Tests.Chart;

/// <summary>Runs Helm on the chart, where it is installed.</summary>
internal static class Helm
{
    public const string Release = "gw";
    public const string Namespace = "gateway";

    private static readonly string Chart = Repository.PathOf("gateway", "chart");

    /// <summary>Strictly: a warning is a failure, too.</summary>
    public static async Task LintAsync(params IReadOnlyList<string> options)
    {
        var run = await RunAsync("lint", [Chart, "--strict", "--quiet", .. options]);
        Assert.True(run.ExitCode is 0, run.Output + run.Error);
    }

    public static async Task<string> TextAsync(string release, params IReadOnlyList<string> options)
    {
        var run = await RunAsync("template", [release, Chart, "--namespace", Namespace, .. options]);
        Assert.True(run.ExitCode is 0, run.Error);
        return run.Output;
    }

    /// <summary>The objects that values make, each given as NAME=VALUE.</summary>
    public static async Task<IReadOnlyList<Manifest>> TemplateAsync(params IReadOnlyList<string> values) =>
        ManifestReader.Read(await TextAsync(Release, [.. values.SelectMany(value => new[] { "--set", value })]));

    /// <summary>Why Helm refuses values.</summary>
    public static async Task<string> RefusalAsync(params IReadOnlyList<string> options)
    {
        var run = await RunAsync("template", [Release, Chart, "--namespace", Namespace, .. options]);
        Assert.NotEqual(0, run.ExitCode);
        return run.Error;
    }

    private static Task<FinishedProcess> RunAsync(string verb, IReadOnlyList<string> arguments)
    {
        Assert.SkipWhen(HelmProgram.Path is null, HelmProgram.Missing);
        return RunningProcess.RunAsync(HelmProgram.Path, [verb, .. arguments]);
    }
}
