using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Preview;

/// <summary>What is wrong is said in one line, which names the stack and the key.</summary>
[Collection(PulumiTests.Name)]
public sealed class BrokenConfigurationTests
{
    [Theory]
    [InlineData("foundation.dev", "hybrid:layer: foundation", "hybrid:layer: basement", "foundation.dev: hybrid:layer: 'basement' is not known; allowed: foundation, platform")]
    [InlineData("foundation.dev", "  hybrid:layer: foundation\n", "", "foundation.dev: hybrid:layer: required")]
    [InlineData("foundation.dev", "cidr: 10.20.0.0/16", "cidr: 10.20.0.0/30", "foundation.dev: hybrid:network.cidr: 10.20.0.0/30")]
    [InlineData("foundation.dev", "cidr: 10.20.0.0/16", "cidr: 10.120.0.0/16", "foundation.dev: hybrid:network.sites.factory1.cidrs: 10.120.0.0/16 overlaps")]
    [InlineData("foundation.dev", "    nat: single", "    nat: double", "foundation.dev: hybrid:network.nat: ")]
    [InlineData("foundation.dev", "    nat: single", "    nta: single", "foundation.dev: hybrid:network.nta: 'nta' is not known here")]
    [InlineData("foundation.dev", "    cidr: 10.20.0.0/16\n", "", "foundation.dev: hybrid:network: required: cidr")]
    [InlineData("foundation.dev", "accountId: \"111111111111\"", "accountId: \"11\"", "foundation.dev: hybrid:accountId: '11' is malformed; allowed: twelve digits")]
    [InlineData("platform.dev", "version: \"1.35\"", "version: \"1.20\"", "platform.dev: hybrid:cluster.version: '1.20' is not known; allowed: 1.34")]
    [InlineData("platform.dev", "instances: 2", "instances: 3", "platform.dev: hybrid:search.instances: 3 don't spread over 2 zones")]
    [InlineData("platform.dev", "coreDns: v1.13.2-eksbuild.3", "coreDns: latest", "platform.dev: hybrid:cluster.addons.coreDns")]
    [InlineData("control-plane.dev", "activeGeneration: 1", "activeGeneration: 2", "control-plane.dev: hybrid:tunnel.activeGeneration")]
    [InlineData("control-plane.dev", "tag: 0.1.0", "tag: latest", "control-plane.dev: hybrid:image.tag: latest moves")]
    [InlineData("data-plane-eks.dev", "hybrid:site: cloud", "hybrid:site: clouds", "data-plane-eks.dev: hybrid:site: the control plane has issued no certificate to 'clouds'")]
    [InlineData("data-plane-eks.dev", "openToAll: true", "openToAll: false", "data-plane-eks.dev: hybrid:proxy.allowedCidrs")]
    [InlineData("data-plane-anywhere.dev.factory1", "nodePort: 30443", "nodePort: 443", "data-plane-anywhere.dev.factory1: hybrid:proxy.nodePort")]
    [InlineData("data-plane-anywhere.dev.factory1", "count: 1", "count: 2", "data-plane-anywhere.dev.factory1: hybrid:anywhere.cluster.controlPlane.count")]
    public async Task A_wrong_value_is_told_by_stack_and_key(string stack, string text, string with, string expected)
    {
        using var clone = new Clone();
        clone.Replace(stack, text, with);

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", clone.Root));
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public async Task A_site_without_a_vpn_cannot_use_the_shared_services()
    {
        using var clone = new Clone();
        clone.Replace("foundation.dev", "        vpn:\n          ipAddress: 203.0.113.10\n          bgpAsn: 65010\n", "");

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", clone.Root));
        Assert.StartsWith("data-plane-anywhere.dev.factory1: hybrid:sharedServices: 'factory1' has no VPN", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_layer_is_named()
    {
        using var clone = new Clone();
        File.Delete(clone.Config("platform.dev"));

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", clone.Root));
        Assert.Contains("Pulumi.platform.dev.yaml is missing", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_to_a_stack_that_is_not_there_is_named()
    {
        using var clone = new Clone();
        // The layer comes from the configuration; the name is what other stacks refer to.
        File.Move(clone.Config("platform.dev"), clone.Config("platfrom.dev"));

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", clone.Root));
        Assert.StartsWith("control-plane.dev: output '", problem.Message, StringComparison.Ordinal);
        Assert.Contains("platform.dev does not export it", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hybrid:owner: \"platform-team", "foundation.dev: Pulumi.foundation.dev.yaml, line ")]
    [InlineData("hybrid:owner: [platform-team", "foundation.dev: Pulumi.foundation.dev.yaml: not valid YAML")]
    public async Task Broken_yaml_is_told_by_file(string broken, string expected)
    {
        using var clone = new Clone();
        clone.Replace("foundation.dev", "hybrid:owner: platform-team", broken);

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", clone.Root));
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_writes_one_line_to_standard_error_and_ends_with_1()
    {
        using var clone = new Clone();
        clone.Replace("platform.dev", "version: \"1.35\"", "version: \"1.20\"");

        var run = await HybridAsync(clone.Root, "preview", "dev");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("hybrid: platform.dev: hybrid:cluster.version: '1.20' is not known", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("platform.dev", "hybrid:database:", "hybrid:databse:", "platform.dev: hybrid:databse: not known; allowed: layer, ")]
    [InlineData("platform.dev", "hybrid:logRetention:", "hybrid:trustDomain:", "platform.dev: hybrid:trustDomain: belongs to another layer; allowed: layer, ")]
    public async Task A_key_that_has_no_effect_is_refused(string stack, string text, string with, string expected)
    {
        using var clone = new Clone();
        clone.Replace(stack, text, with);

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync("dev", clone.Root));

        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_knows_which_environments_there_are()
    {
        using var clone = new Clone();
        var run = await HybridAsync(clone.Root, "preview", "test");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("hybrid: there is no environment 'test' in stacks/config; known: dev, prod, staging\n", run.Error);
    }

    [Fact]
    public async Task The_command_previews_within_seconds_and_ends_with_0()
    {
        using var clone = new Clone();
        var started = TimeProvider.System.GetTimestamp();
        var run = await HybridAsync(clone.Root, "preview", "prod", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    private static Task<FinishedProcess> HybridAsync(string folder, params string[] arguments) => RunningProcess.RunAsync(
        "dotnet",
        [typeof(EnvironmentPreview).Assembly.Location, .. arguments],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["HYBRID_ROOT"] = folder, ["PULUMI_CONFIG"] = null });
}
