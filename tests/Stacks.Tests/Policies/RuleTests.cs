using System.Collections.Immutable;
using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Policies.Rules;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>Each rule, against resources made by hand.</summary>
public sealed class RuleTests
{
    private static readonly ImmutableArray<RuleCase> Cases = RuleCases.All();

    public static TheoryData<string> Rules => [.. PolicyRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_passes_what_it_should_and_fires_where_it_should(string id)
    {
        var cases = Cases.Where(item => string.Equals(item.Rule, id, StringComparison.Ordinal)).ToArray();
        Assert.Contains(cases, item => item.At is null);
        Assert.Contains(cases, item => item.At is not null);
        Assert.All(cases, item =>
        {
            var findings = Findings(id, item);
            if (item.At is null)
            {
                Assert.Empty(findings);
            }
            else
            {
                Assert.Contains(item.At, findings.Select(finding => finding.Violation.Property));
                Assert.All(findings, finding => Assert.NotEmpty(finding.Violation.Found));
                Assert.All(findings, finding => Assert.NotEmpty(finding.Violation.Allowed));
            }
        });
    }

    [Fact]
    public void Ids_are_unique_and_speak() => Assert.All(PolicyRules.All, rule =>
    {
        Assert.Single(PolicyRules.All, other => string.Equals(other.Id, rule.Id, StringComparison.Ordinal));
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)+$", rule.Id);
        Assert.NotEmpty(rule.Types);
    });

    [Fact]
    public void Every_rule_says_where_it_comes_from() => Assert.All(PolicyRules.All, rule =>
    {
        Assert.NotEmpty(rule.Source.Document);
        Assert.NotEmpty(rule.Source.Control);
        Assert.StartsWith("https://", rule.Source.Address, StringComparison.Ordinal);
        Assert.True(Uri.TryCreate(rule.Source.Address, UriKind.Absolute, out _));
    });

    public static TheoryData<string> Names => [.. NameRules.Limits.Where(limit => limit.Maximum is not null).Select(limit => limit.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_may_be_as_long_as_the_service_allows_and_no_longer(string id)
    {
        var limit = NameRules.Limits.Single(limit => string.Equals(limit.Id, id, StringComparison.Ordinal));
        Assert.Empty(Findings(id, Named(limit, limit.Maximum!.Value)));
        Assert.NotEmpty(Findings(id, Named(limit, limit.Maximum.Value + 1)));
    }

    [Theory]
    [InlineData(56, 0)]
    [InlineData(57, 1)]
    public void A_name_that_pulumi_makes_counts_with_what_pulumi_adds(int length, int findings)
    {
        const string Rule = "name-iam-role";
        var resource = Made.Resource(ResourceTypes.Role, new string('r', length), Made.NoInputs);
        Assert.Equal(findings, Findings(Rule, new RuleCase(Rule, At: null, Made.Stack("stack.test", "platform", resource), resource.Name, EnvironmentIsProtected: true)).Length);
    }

    private static RuleCase Named(NameLimit limit, int length)
    {
        var prefix = limit.Type is ResourceTypes.KmsAlias ? "alias/" : "";
        object? value = prefix + new string('a', length - prefix.Length);
        foreach (var member in limit.Property.Split('.').Reverse())
        {
            value = ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal).Add(member, value);
        }

        var resource = Made.Resource(limit.Type, "subject", (ImmutableSortedDictionary<string, object?>)value!);
        return new RuleCase(limit.Id, At: null, Made.Stack("stack.test", "platform", resource), resource.Name, EnvironmentIsProtected: true);
    }

    private static PolicyFinding[] Findings(string rule, RuleCase item)
    {
        var values = ImmutableDictionary<string, string>.Empty.Add("hybrid:protect", item.EnvironmentIsProtected ? "true" : "false");
        var report = PolicyEvaluation.Run(
            Made.Environment(item.Stack),
            [new StackFile(item.Stack.Name, values, [], SecretsProvider: null)],
            [PolicyRules.All.Single(known => string.Equals(known.Id, rule, StringComparison.Ordinal))],
            new DateOnly(2026, 11, 23));
        return [.. report.Findings.Where(finding => string.Equals(finding.Resource, item.Resource, StringComparison.Ordinal))];
    }
}
