using System.Text.Json.Nodes;
using Hybrid.Stacks.Deploy;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Deploy;

/// <summary>What only looks at a deployed environment: its outputs, and whether it drifted.</summary>
[Collection(PulumiTests.Name)]
public sealed class EnvironmentReportTests : IDisposable
{
    private static readonly StackSelection Dev = new("dev");

    private readonly PulumiStandIn _pulumi = new();

    public void Dispose() => _pulumi.Dispose();

    [Fact]
    public async Task Outputs_are_told_by_stack_and_secrets_only_when_asked()
    {
        await _pulumi.Deployment.UpAsync(Dev with { Layer = "foundation" }, yes: true);
        using var text = new StringWriter();
        await new EnvironmentOutputs(_pulumi.Cli, _pulumi.Clone.Root, text).WriteAsync(Dev, reveal: false, json: false);

        Assert.Contains($"foundation.dev{Environment.NewLine}  name: foundation.dev{Environment.NewLine}  list: [\"a\",\"b\"]{Environment.NewLine}  password: [secret]", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("platform.dev: not brought up yet", text.ToString(), StringComparison.Ordinal);

        using var json = new StringWriter();
        await new EnvironmentOutputs(_pulumi.Cli, _pulumi.Clone.Root, json).WriteAsync(Dev, reveal: true, json: true);
        var outputs = JsonNode.Parse(json.ToString())!;
        Assert.Equal("plain", (string?)outputs["foundation.dev"]!["password"]);
        Assert.Null(outputs["platform.dev"]);
    }

    [Fact]
    public async Task Nothing_drifted_is_zero()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);

        Assert.Equal(0, await CountAsync());
        Assert.Contains("platform.dev: as it should be", _pulumi.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_drifted_is_counted_and_named()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);
        _pulumi.Drift(
            "platform.dev",
            """
            ,{"op": "update", "urn": "urn:pulumi:platform.dev::hybrid::hybrid:cluster:EksCluster$aws:eks/cluster:Cluster::cluster"}
            ,{"op": "create", "urn": "urn:pulumi:platform.dev::hybrid::aws:sns/topic:Topic::alarms"}
            """);

        Assert.Equal(2, await CountAsync());
        Assert.Contains("platform.dev: 2 drifted", _pulumi.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  update aws:eks/cluster:Cluster cluster", _pulumi.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  create aws:sns/topic:Topic alarms", _pulumi.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_that_fails_is_not_taken_for_no_drift()
    {
        await _pulumi.Deployment.UpAsync(Dev, yes: true);
        _pulumi.Fail("platform.dev");

        var problem = await Assert.ThrowsAsync<DeployException>(CountAsync);
        Assert.Equal("pulumi preview --stack platform.dev --refresh --json --non-interactive failed with exit code 255", problem.Message);
    }

    private Task<int> CountAsync() => new EnvironmentDrift(_pulumi.Cli, _pulumi.Clone.Root, _pulumi.Output).CountAsync(Dev);
}
