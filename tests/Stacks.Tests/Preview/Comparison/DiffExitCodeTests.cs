using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Preview.Comparison;

/// <summary>What a pipeline learns from a difference, from a commit whose preview is already kept.</summary>
public sealed class DiffExitCodeTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [Theory]
    [InlineData("10.20.0.0/16", "10.20.0.0/16", 0, "  no change")]
    [InlineData("\"retentionInDays\": 30", "\"retentionInDays\": 7", 2, "retentionInDays: 7 -> 30")]
    [InlineData("\"cidrBlock\": \"10.20.0.0/16\"", "\"cidrBlock\": \"10.99.0.0/16\"", 4, "foundation.dev: replaces aws:ec2/vpc:Vpc network-vpc")]
    public async Task It_tells_no_change_from_some_and_from_destruction(string now, string before, int expected, string line)
    {
        await GitAsync("init", "--quiet");
        await GitAsync("add", "Pulumi.yaml");
        await GitAsync("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "First");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();
        var preview = await HybridAsync("preview", "dev", "--json", "--policy", "advisory");
        Assert.Contains(now, preview.Output, StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(_clone.Root, "artifacts", "previews", commit));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "dev.json"), preview.Output.Replace(now, before, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var diff = await HybridAsync("preview", "dev", "--diff", "HEAD", "--policy", "advisory", "--exit-code");
        Assert.True(diff.ExitCode == expected, diff.Output + diff.Error);
        Assert.Contains(line, diff.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await HybridAsync("preview", "dev", "--diff", "HEAD", "--policy", "advisory")).ExitCode);
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var run = await RunningProcess.RunAsync("git", ["-C", _clone.Root, .. arguments]);
        Assert.True(run.ExitCode is 0, run.Error);
        return run.Output;
    }

    private Task<FinishedProcess> HybridAsync(params string[] arguments) => RunningProcess.RunAsync(
        "dotnet",
        [typeof(EnvironmentPreview).Assembly.Location, .. arguments],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["HYBRID_ROOT"] = _clone.Root, ["PULUMI_CONFIG"] = null });
}
