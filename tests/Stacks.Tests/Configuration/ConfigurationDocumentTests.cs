using Hybrid.Stacks.Configuration;
using Hybrid.Testing;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Stacks.Tests.Configuration;

public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void The_documentation_is_what_the_types_say() => Assert.True(
        string.Equals(new ConfigurationDocument().Write(), File.ReadAllText(Repository.PathOf(ConfigurationDocument.Path)), StringComparison.Ordinal),
        $"{ConfigurationDocument.Path} is out of date: run ./hybrid config-docs");

    [Fact]
    public void Everything_that_can_be_set_is_explained() => Assert.All(
        new ConfigurationDocument().Write().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
        line => Assert.DoesNotContain("|  |", line, StringComparison.Ordinal));

    [Fact]
    public void The_project_declares_what_every_stack_has_with_the_types_that_the_program_reads()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf("Pulumi.yaml"));
        yaml.Load(reader);
        var declared = (YamlMappingNode)yaml.Documents[0].RootNode["config"];

        var everywhere = ConfigurationKeys.All.Where(key => key.Layers.Length == Enum.GetValues<LayerKind>().Length && key.Type != typeof(object)).ToArray();
        Assert.Equal(everywhere.Select(key => $"hybrid:{key.Name}"), declared.Children.Keys.Select(key => key.ToString()));
        Assert.All(everywhere, key =>
        {
            var declaration = (YamlMappingNode)declared[$"hybrid:{key.Name}"];
            Assert.Equal(key.Type == typeof(bool) ? "boolean" : "string", declaration["type"].ToString());
            Assert.Equal(key.Default, declaration.Children.TryGetValue("default", out var value) ? value.ToString() : null);
        });
    }
}
