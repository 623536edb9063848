using Hybrid.Infra.Changes;
using Hybrid.Stacks.Tests.Support;

namespace Hybrid.Stacks.Tests.Preview.Comparison;

/// <summary>The table of changes knows all that the environments are made of.</summary>
[Collection(PulumiTests.Name)]
public sealed class ChangeTableCoverageTests(Environments environments)
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public void Every_type_in_use_has_an_entry(string environment)
    {
        var known = ChangeTable.All.Select(rules => rules.Type).ToHashSet(StringComparer.Ordinal);
        var missing = environments.Resources(environment)
            .Select(item => item.Resource.Type)
            .Distinct(StringComparer.Ordinal)
            .Where(type => !type.StartsWith("hybrid:", StringComparison.Ordinal) && !known.Contains(type) && !IsCustomResource(type))
            .Order(StringComparer.Ordinal);
        Assert.True(!missing.Any(), $"no entry in infra/Changes says what a change of these replaces: {string.Join(", ", missing)}");
    }

    [Fact]
    public void What_production_protects_is_known_to_hold_data() => Assert.All(
        environments.Resources("prod").Where(item => item.Resource.Protect && !item.Resource.Type.StartsWith("hybrid:", StringComparison.Ordinal)),
        item => Assert.NotNull(ChangeTable.Find(item.Resource.Type)?.LossOf(item.Resource.Name, item.Resource.Parent?.Split("::")[0])));

    /// <summary>An object of another API than Kubernetes' own: only its name and namespace are known to matter.</summary>
    private static bool IsCustomResource(string type) => type.StartsWith("kubernetes:", StringComparison.Ordinal) && type.Split(':', '/')[1].Contains('.', StringComparison.Ordinal)
        && !type.Split(':', '/')[1].EndsWith(".k8s.io", StringComparison.Ordinal) && !type.Contains("helm.sh", StringComparison.Ordinal);
}
