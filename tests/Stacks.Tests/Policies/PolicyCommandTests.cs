using System.Text.Json;
using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>What the commands print and how they end.</summary>
public sealed class PolicyCommandTests
{
    private const string Unexcused = "error nat-per-zone: Each zone has its own NAT gateway";

    [Theory]
    [InlineData("enforce", PreviewCommand.PolicyFailure)]
    [InlineData("advisory", 0)]
    public async Task A_finding_ends_the_preview_with_3_unless_it_is_advisory(string policy, int exitCode)
    {
        using var clone = new Clone();
        clone.Replace("foundation.dev", "    - rule: nat-per-zone\n      resource: network-vpc\n", "    - rule: nat-per-zone\n      resource: other-vpc\n");

        var run = await HybridAsync(clone.Root, "preview", "dev", "--policy", policy);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains(Unexcused, run.Output, StringComparison.Ordinal);
        Assert.Contains("foundation.dev: hybrid:policyExceptions[1]: it matches nothing: nat-per-zone finds nothing at 'other-vpc'", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"{PolicyRules.All.Length} rules, 1 finding, 7 exceptions\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_has_the_findings_and_their_sources()
    {
        using var clone = new Clone();
        clone.Replace("platform.prod", "backupRetention: 35", "backupRetention: 5");

        var run = await HybridAsync(clone.Root, "preview", "prod", "--json");
        Assert.Equal(PreviewCommand.PolicyFailure, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var policies = json.RootElement.GetProperty("policies");
        Assert.False(policies.GetProperty("passes").GetBoolean());
        var finding = Assert.Single(policies.GetProperty("findings").EnumerateArray());
        Assert.Equal("rds-backups", finding.GetProperty("rule").GetString());
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.Equal("platform.prod", finding.GetProperty("stack").GetString());
        Assert.Equal("database-cluster", finding.GetProperty("resource").GetString());
        Assert.Equal("backupRetentionPeriod", finding.GetProperty("property").GetString());
        Assert.Equal("5", finding.GetProperty("found").GetString());
        Assert.Equal("7 to 35", finding.GetProperty("allowed").GetString());
        Assert.StartsWith("https://docs.aws.amazon.com/", finding.GetProperty("source").GetProperty("address").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_is_listed_with_its_source()
    {
        var text = await HybridAsync(Repository.Root, "policies");
        Assert.Equal(0, text.ExitCode);
        Assert.All(PolicyRules.All, rule => Assert.Contains($" {rule.Id} ", text.Output, StringComparison.Ordinal));
        Assert.EndsWith($"{PolicyRules.All.Length} rules\n", text.Output, StringComparison.Ordinal);

        var json = await HybridAsync(Repository.Root, "policies", "--json");
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(PolicyRules.All.Select(rule => rule.Id), document.RootElement.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(document.RootElement.EnumerateArray(), rule => Assert.Equal(
            ["address", "control", "document"],
            rule.GetProperty("source").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)));
    }

    private static Task<FinishedProcess> HybridAsync(string folder, params string[] arguments) => RunningProcess.RunAsync(
        "dotnet",
        [typeof(PolicyRules).Assembly.Location, .. arguments],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["HYBRID_ROOT"] = folder, ["PULUMI_CONFIG"] = null });
}
