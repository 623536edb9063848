using Gateway.Model.Declarative;
using Gateway.Model.Schemas;
using Hybrid.Testing;

namespace Gateway.Model.Tests.Declarative;

public sealed class KongCompatibilityTests
{
    [Fact]
    public void The_documentation_is_what_the_schemas_say() => Assert.True(
        string.Equals(KongCompatibility.Write(), File.ReadAllText(Repository.PathOf(KongCompatibility.Path)), StringComparison.Ordinal),
        $"{KongCompatibility.Path} is out of date: run ./hybrid kong-docs");

    [Fact]
    public void Every_field_of_every_kind_is_in_it()
    {
        var text = KongCompatibility.Write();

        foreach (var schema in EntitySchemas.All)
        {
            var section = text[text.IndexOf($"### {schema.Kind}\n", StringComparison.Ordinal)..];
            Assert.All(schema.Fields, field => Assert.Contains($"| `{field.Name}", section[..section.IndexOf("\n\n###", StringComparison.Ordinal)] + "\n", StringComparison.Ordinal));
        }
    }
}
