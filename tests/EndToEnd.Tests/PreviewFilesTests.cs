using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hybrid.Testing;

namespace EndToEnd.Tests;

/// <summary><c>./hybrid preview ENV --graph FILE.svg --manifests DIR</c>.</summary>
public sealed class PreviewFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task The_drawing_is_written_beside_the_output(string environment)
    {
        var file = _folder.PathOf("environment.svg");
        var preview = await HybridScript.RunAsync("preview", environment, "--json", "--graph", file);

        Assert.True(preview.ExitCode is 0, preview.Error);
        Assert.Equal(environment, (string?)JsonNode.Parse(preview.Output)!["environment"]);
        Assert.Equal($"Environment {environment}", XDocument.Load(file).Root!.Elements().First().Value);
    }

    [Fact]
    public async Task A_drawing_that_cannot_be_written_is_one_line()
    {
        var file = _folder.PathOf(Path.Combine("nowhere", "environment.svg"));
        var preview = await HybridScript.RunAsync("preview", "dev", "--graph", file);

        Assert.Equal(1, preview.ExitCode);
        Assert.StartsWith($"hybrid: --graph {file}: it cannot be written: ", Assert.Single(preview.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifests_of_every_stack_are_written()
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "helm"))), "helm is not on the PATH");
        var preview = await HybridScript.RunAsync("preview", "dev", "--manifests", _folder.FullName);

        Assert.True(preview.ExitCode is 0, preview.Error);
        Assert.Equal(
            ["control-plane.dev", "data-plane-anywhere.dev.factory1", "data-plane-eks.dev"],
            Directory.GetDirectories(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(_folder.PathOf(Path.Combine("control-plane.dev", "release-gateway-release.yaml"))));
    }

    [Fact]
    public async Task Without_Helm_it_says_where_to_get_it()
    {
        // What the script and .NET need is in the system's folders; Helm is where an administrator put it.
        var system = string.Join(Path.PathSeparator, (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => !File.Exists(Path.Combine(folder, "helm"))));
        var run = await RunningProcess.RunAsync(
            HybridScript.Path,
            ["preview", "dev", "--manifests", _folder.FullName],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = system },
            limit: TimeSpan.FromMinutes(10));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("hybrid: --manifests: helm was not found on the PATH; it renders the charts: see https://helm.sh/docs/intro/install/", run.Error.TrimEnd());
    }
}
