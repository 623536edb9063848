using Hybrid.Stacks.Policies;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Policies;

public sealed class PolicyDocumentTests
{
    [Fact]
    public void The_page_of_the_documentation_is_up_to_date() =>
        Assert.True(
            string.Equals(PolicyDocument.Write(PolicyRules.All), File.ReadAllText(Repository.PathOf(PolicyDocument.Path)), StringComparison.Ordinal),
            $"{PolicyDocument.Path} is stale: ./hybrid policies --write-docs");
}
