using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Policies;

/// <summary>The rules, asked of the repository's own environments.</summary>
[Collection(PulumiTests.Name)]
public sealed class EnvironmentPolicyTests(Environments environments)
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void An_environment_is_clean(string environment)
    {
        var report = environments.Policies(environment);
        Assert.True(report.Passes && report.Findings.IsEmpty, Text(report));
        Assert.Equal(PolicyRules.All.Length, report.Rules);
    }

    [Fact]
    public void Every_rule_has_something_to_look_at()
    {
        var types = environments.Resources("prod").Select(item => item.Resource.Type).ToHashSet(StringComparer.Ordinal);
        Assert.All(PolicyRules.All, rule => Assert.True(rule.Types.Any(types.Contains), rule.Id));
    }

    /// <summary>The longest names that the configuration takes, in every place where names are made of them.</summary>
    [Fact]
    public async Task The_longest_environment_and_site_names_fit_everywhere()
    {
        const string Environment = "e2345678";
        const string Site = "s1234567890123456789";
        using var clone = new Clone();
        clone.Rename("dev", Environment, "factory1", Site);

        var preview = await EnvironmentPreview.RunAsync(Environment, clone.Root);
        var report = PolicyEvaluation.Run(preview, EnvironmentFiles.Of(Environment, clone.Root), Environments.Today);
        Assert.True(report.Passes && report.Findings.IsEmpty, Text(report));
        Assert.Contains(preview.Stacks, stack => stack.Name == $"data-plane-anywhere.{Environment}.{Site}");
    }

    [Theory]
    [InlineData("e23456789", "factory1", "hybrid:environment: 'e23456789' is malformed; allowed: 2 to 8 of a-z and 0-9, a letter first")]
    [InlineData("e2345678", "s12345678901234567890", "hybrid:network.sites.name: 's12345678901234567890' is not a name; allowed: a letter, then a-z, 0-9 and -, not at the end, at most 20 characters")]
    public async Task Longer_names_are_refused_by_the_configuration(string environment, string site, string expected)
    {
        using var clone = new Clone();
        clone.Rename("dev", environment, "factory1", site);

        var problem = await Assert.ThrowsAsync<PreviewException>(() => EnvironmentPreview.RunAsync(environment, clone.Root));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    private static string Text(PolicyReport report)
    {
        using var writer = new StringWriter();
        PolicyText.Write(report, writer);
        return writer.ToString();
    }
}
