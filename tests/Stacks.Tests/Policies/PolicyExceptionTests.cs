using System.Collections.Immutable;
using System.Text.Json;
using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>What <c>hybrid:policyExceptions</c> may say, and what it does.</summary>
public sealed class PolicyExceptionTests
{
    private const string Reason = "A test environment may do this";

    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("public")]
    [InlineData("pub*")]
    [InlineData("*")]
    public void An_exception_takes_a_finding_out_of_the_report(string resource)
    {
        var report = Run(new { rule = "subnet-no-public-addresses", resource, reason = Reason });
        Assert.True(report.Passes);
        Assert.Empty(report.Findings);
        var (exception, findings) = Assert.Single(report.Exceptions);
        Assert.Equal(Reason, exception.Reason);
        Assert.Equal(1, findings);
    }

    [Fact]
    public void Without_an_exception_the_finding_is_an_error()
    {
        var report = Run();
        Assert.False(report.Passes);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("subnet-no-public-addresses", "foundation.test", "public", "mapPublicIpOnLaunch"), (finding.Rule.Id, finding.Stack, finding.Resource, finding.Violation.Property));
    }

    [Fact]
    public void A_warning_passes()
    {
        var report = Run(PolicyRules.All.Single(rule => rule.Id is "subnet-no-public-addresses") with { Severity = Severity.Warning });
        Assert.Single(report.Findings);
        Assert.True(report.Passes);
    }

    [Theory]
    [InlineData("2026-11-23")]
    [InlineData("2027-01-01")]
    public void An_exception_counts_until_the_end_of_its_last_day(string until) =>
        Assert.True(Run(new { rule = "subnet-no-public-addresses", resource = "public", reason = Reason, until }).Passes);

    [Fact]
    public void An_expired_exception_is_an_error_and_covers_nothing()
    {
        var report = Run(new { rule = "subnet-no-public-addresses", resource = "public", reason = Reason, until = "2026-11-22" });
        Assert.False(report.Passes);
        Assert.Equal("foundation.test: hybrid:policyExceptions[0].until: it expired on 2026-11-22; allowed: a day to come, or no exception", Assert.Single(report.Problems).ToString());
        Assert.Single(report.Findings);
    }

    [Fact]
    public void An_exception_that_matches_nothing_is_an_error()
    {
        var report = Run(
            new { rule = "subnet-no-public-addresses", resource = "public", reason = Reason },
            new { rule = "subnet-no-public-addresses", resource = "private", reason = Reason });
        Assert.False(report.Passes);
        var problem = Assert.Single(report.Problems);
        Assert.Equal("hybrid:policyExceptions[1]", problem.Field);
        Assert.Equal("it matches nothing: subnet-no-public-addresses finds nothing at 'private'", problem.Problem);
    }

    [Theory]
    [InlineData("""{ "rule": "no-such-rule", "resource": "public", "reason": "A test environment may" }""", "hybrid:policyExceptions[0].rule", "'no-such-rule' is not known")]
    [InlineData("""{ "resource": "public", "reason": "A test environment may" }""", "hybrid:policyExceptions[0].rule", "required, but not set")]
    [InlineData("""{ "rule": "subnet-no-public-addresses", "reason": "A test environment may" }""", "hybrid:policyExceptions[0].resource", "required, but not set")]
    [InlineData("""{ "rule": "subnet-no-public-addresses", "resource": "public" }""", "hybrid:policyExceptions[0].reason", "required, but not set")]
    [InlineData("""{ "rule": "subnet-no-public-addresses", "resource": "public", "reason": "because we can" }""", "hybrid:policyExceptions[0].reason", "'because we can' explains nothing")]
    [InlineData("""{ "rule": "subnet-no-public-addresses", "resource": "public", "reason": "A test environment may", "until": "31.12.2026" }""", "hybrid:policyExceptions[0].until", "'31.12.2026' is not a date")]
    [InlineData("""{ "rule": "subnet-no-public-addresses", "resource": "public", "reason": "A test environment may", "unless": "x" }""", "hybrid:policyExceptions[0].unless", "it is not known here")]
    [InlineData("7", "hybrid:policyExceptions[0]", "it is not a map")]
    public void A_malformed_exception_is_told_by_stack_and_key(string item, string field, string problem)
    {
        var report = Run(Rule(), $"[{item}]");
        Assert.False(report.Passes);
        var found = Assert.Single(report.Problems);
        Assert.Equal(("foundation.test", field, problem), (found.Stack, found.Field, found.Problem));
        Assert.Single(report.Findings);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("{}")]
    public void Exceptions_that_are_no_list_are_told(string value) =>
        Assert.Equal("it is not a list", Assert.Single(Run(Rule(), value).Problems).Problem);

    [Fact]
    public void The_text_says_what_was_found_where_what_is_allowed_and_who_says_so()
    {
        using var writer = new StringWriter();
        PolicyText.Write(Run(), writer);
        Assert.Equal(
            """
            error subnet-no-public-addresses: Subnets give nobody a public address by themselves (AWS Security Hub, EC2.15)
              foundation.test: aws:ec2/subnet:Subnet public: mapPublicIpOnLaunch: true; allowed: false, or not set
            1 rule, 1 finding, 0 exceptions

            """,
            writer.ToString());
    }

    [Fact]
    public void The_text_names_exceptions_with_their_reason()
    {
        using var writer = new StringWriter();
        PolicyText.Write(Run(new { rule = "subnet-no-public-addresses", resource = "pub*", reason = Reason, until = "2027-01-31" }), writer);
        Assert.Equal(
            """
            excepted subnet-no-public-addresses at foundation.test: pub* (1 finding, until 2027-01-31): A test environment may do this
            1 rule, 0 findings, 1 exception

            """,
            writer.ToString());
    }

    private static PolicyReport Run(params object[] exceptions) => Run(Rule(), JsonSerializer.Serialize(exceptions));

    private static PolicyReport Run(PolicyRule rule) => Run(rule, "[]");

    private static PolicyReport Run(PolicyRule rule, string exceptions)
    {
        var stack = Made.Stack(
            "foundation.test",
            "foundation",
            Made.Resource(ResourceTypes.Subnet, "public", Made.NoInputs.Add("mapPublicIpOnLaunch", true)),
            Made.Resource(ResourceTypes.Subnet, "private", Made.NoInputs));
        return PolicyEvaluation.Run(
            Made.Environment(stack),
            [new StackFile(stack.Name, ImmutableDictionary<string, string>.Empty.Add("hybrid:policyExceptions", exceptions), [], SecretsProvider: null)],
            [rule],
            Today);
    }

    private static PolicyRule Rule() => PolicyRules.All.Single(rule => rule.Id is "subnet-no-public-addresses");
}
