using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary><c>./hybrid preview</c>, as called from a terminal or a pipeline: no credentials, no Pulumi CLI, nothing deployed.</summary>
public sealed class PreviewTests
{
    private static readonly string[] Layers = ["foundation", "platform", "control-plane", "data-plane-eks", "data-plane-anywhere"];

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Every_layer_is_shown_with_its_resources_its_outputs_and_a_total(string environment)
    {
        var preview = await HybridScript.RunAsync("preview", environment);

        Assert.True(preview.ExitCode == 0, preview.Error);
        Assert.Equal("", preview.Error);
        Assert.All(Layers, layer => Assert.Contains($"({layer}, ", preview.Output, StringComparison.Ordinal));
        Assert.Contains("aws:eks/cluster:Cluster ", preview.Output, StringComparison.Ordinal);
        Assert.Contains("hands on", preview.Output, StringComparison.Ordinal);
        Assert.Matches(@"\d+ resources in 5 stacks of " + environment, preview.Output);
    }

    [Fact]
    public async Task For_scripts_it_is_JSON_with_secrets_masked()
    {
        var preview = await HybridScript.RunAsync("preview", "dev", "--json");

        var json = JsonNode.Parse(preview.Output)!;
        Assert.Equal(1, (int?)json["version"]);
        Assert.Equal("dev", (string?)json["environment"]);
        var stacks = json["stacks"]!.AsArray();
        Assert.Equal(Layers, stacks.Select(stack => (string)stack!["layer"]!));
        Assert.All(stacks, stack =>
        {
            Assert.NotEmpty(stack!["resources"]!.AsArray());
            Assert.All(stack["resources"]!.AsArray(), resource => Assert.False(string.IsNullOrEmpty((string?)resource!["type"]) || string.IsNullOrEmpty((string?)resource["name"])));
            Assert.NotNull(stack["references"]!.AsArray());
            Assert.NotNull(stack["outputs"]!.AsObject());
        });
        Assert.DoesNotContain("PRIVATE KEY", preview.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_update_what_providers_compute_is_unknown()
    {
        var preview = await HybridScript.RunAsync("preview", "dev", "--mode", "preview");

        Assert.True(preview.ExitCode == 0, preview.Error);
        Assert.Contains("    vpcId = [unknown]", preview.Output, StringComparison.Ordinal);
        Assert.Contains("    vpcCidr = 10.20.0.0/16", preview.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_environment_is_one_line_and_exit_code_1()
    {
        var preview = await HybridScript.RunAsync("preview", "nowhere");

        Assert.Equal(1, preview.ExitCode);
        Assert.Equal("hybrid: there is no environment 'nowhere' in stacks/config; known: dev, prod, staging", preview.Error.TrimEnd());
    }
}
