using Hybrid.Testing;

namespace EndToEnd.Tests;

/// <summary><c>./hybrid up ENV</c> and its kin, on a machine that can't deploy.</summary>
public sealed class DeployTests
{
    [Theory]
    [InlineData("up")]
    [InlineData("plan")]
    [InlineData("destroy")]
    [InlineData("refresh")]
    [InlineData("outputs")]
    [InlineData("drift")]
    public async Task Without_the_Pulumi_CLI_one_line_says_where_to_get_it(string verb)
    {
        using var path = PathWithoutPulumi.Create();

        var run = await HybridScript.RunAsync([verb, "dev"], path.Environment);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("hybrid: the Pulumi CLI was not found on PATH: install it (https://www.pulumi.com/docs/install/) and try again", run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_layer_that_does_not_exist_is_told_first()
    {
        using var path = PathWithoutPulumi.Create();

        var run = await HybridScript.RunAsync(["up", "prod", "--layer", "network"], path.Environment);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("hybrid: --layer: 'network' is not a layer (allowed: foundation, ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("drift")]
    public async Task The_offline_subset_never_deploys(string verb)
    {
        // With the official packages this would be a real deployment.
        var mode = Repository.PathOf("artifacts", "pulumi-mode");
        Assert.SkipUnless(
            File.Exists(mode) && File.ReadAllText(mode).Trim() == "offline" && Environment.GetEnvironmentVariable("PulumiMode") is null, "not built with the offline subset");
        using var path = PathWithoutPulumi.Create();
        var called = path.AddPulumi();

        var run = await HybridScript.RunAsync([verb, "dev"], path.Environment);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"hybrid: {verb} needs the official Pulumi packages", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(called), "the CLI was called");
    }
}
