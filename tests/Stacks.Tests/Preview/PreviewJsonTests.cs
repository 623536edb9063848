using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;
using NJsonSchema;

namespace Hybrid.Stacks.Tests.Preview;

/// <summary>The format is what its documented schema says.</summary>
[Collection(PulumiTests.Name)]
public sealed class PreviewJsonTests(Environments environments)
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task It_is_what_the_schema_says(string environment)
    {
        var schema = await SchemaAsync();
        Assert.Empty(schema.Validate(PreviewJson.Write(environments[environment], environments.Policies(environment))));
    }

    [Fact]
    public async Task So_is_a_preview_with_unknown_values()
    {
        var schema = await SchemaAsync();
        Assert.Empty(schema.Validate(PreviewJson.Write(await EnvironmentPreview.RunAsync("dev", Repository.Root, PreviewMode.Preview), environments.Policies("dev"))));
    }

    [Theory]
    [InlineData("\"protect\"", "\"protected\"")]
    [InlineData("\"urn:pulumi:", "\"urn:other:")]
    [InlineData("\"mode\": \"update\"", "\"mode\": \"Update\"")]
    public async Task The_schema_refuses_what_it_does_not_describe(string text, string with)
    {
        var schema = await SchemaAsync();
        Assert.NotEmpty(schema.Validate(PreviewJson.Write(environments["dev"], environments.Policies("dev")).Replace(text, with, StringComparison.Ordinal)));
    }

    private static Task<JsonSchema> SchemaAsync() => JsonSchema.FromFileAsync(Repository.PathOf("docs", "preview.schema.json"), TestContext.Current.CancellationToken);
}
