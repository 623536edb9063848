using System.Text.Json.Nodes;
using Gateway.Model.Declarative;

namespace Gateway.Model.Tests.Declarative;

public sealed class EnvironmentReferencesTests
{
    [Theory]
    [InlineData("""host: ${{ env "DECK_HOST" }}""", "DECK_HOST", "a.test", "\"a.test\"")]
    [InlineData("""host: "${{ env `DECK_HOST` }}" """, "DECK_HOST", "a.test", "\"a.test\"")]
    [InlineData("""port: ${{ env "DECK_PORT" }}""", "DECK_PORT", "8080", "8080")]
    [InlineData("""port: ${{ env "DECK_PORT" | toInt }}""", "DECK_PORT", "8080", "8080")]
    [InlineData("""enabled: ${{ env "DECK_ON" | toBool }}""", "DECK_ON", "true", "true")]
    [InlineData("""rate: ${{ env "DECK_RATE" | toFloat }}""", "DECK_RATE", "0.5", "0.5")]
    [InlineData("""key: '${{ env "DECK_KEY" }}'""", "DECK_KEY", "123", "\"123\"")]
    [InlineData("""url: https://${{ env "DECK_HOST" }}/v1""", "DECK_HOST", "a.test", "\"https://a.test/v1\"")]
    [InlineData("""{"host": "${{ env \"DECK_HOST\" }}"}""", "DECK_HOST", "a.test", "\"a.test\"")]
    public void A_variable_takes_the_place_of_its_reference(string text, string name, string value, string expected) =>
        Assert.Equal(expected, Read(text, name, value)!.AsObject().Single().Value!.ToJsonString());

    [Theory]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- [a, {b}]")]
    [InlineData("first\nsecond: 1\n")]
    public void A_value_stays_a_value_whatever_is_in_it(string value) =>
        Assert.Equal(value, (string?)Read("""key: ${{ env "DECK_KEY" }}""", "DECK_KEY", value)!["key"]);

    [Fact]
    public void A_value_of_several_lines_may_stand_in_a_block()
    {
        var read = Read("cert: |\n  ${{ env \"DECK_CERT\" | indent 2 }}\nother: 1\n", "DECK_CERT", "-----BEGIN-----\nabc\n-----END-----");

        Assert.Equal("-----BEGIN-----\nabc\n-----END-----\n", (string?)read!["cert"]);
        Assert.Equal("1", read["other"]!.ToJsonString());
    }

    [Theory]
    [InlineData("a: 1\nhost: ${{ env \"DECK_HOST\" }}", "f.yaml: line 2: ${{ env \"DECK_HOST\" }}: the environment variable DECK_HOST is not set")]
    [InlineData("host: ${{ env \"PATH\" }}", "f.yaml: line 1: ${{ env \"PATH\" }}: the environment variable's name must begin with DECK_")]
    [InlineData("port: ${{ env \"DECK_SECRET\" | toInt }}", "f.yaml: line 1: ${{ env \"DECK_SECRET\" | toInt }}: DECK_SECRET is not a whole number")]
    [InlineData("port: ${{ env \"DECK_SECRET\" | toBool }}", "f.yaml: line 1: ${{ env \"DECK_SECRET\" | toBool }}: DECK_SECRET is neither true nor false")]
    [InlineData("host: ${{ printenv }}", "f.yaml: line 1: ${{ printenv }}: not understood (allowed: env \"DECK_NAME\", and | toInt, | toFloat, | toBool, | indent N behind it)")]
    public void What_can_not_be_resolved_is_named_without_a_value(string text, string expected)
    {
        var files = DeclarativeFiles.Read([("f.yaml", text)], name => name is "DECK_SECRET" or "PATH" ? "hidden" : null);

        Assert.Equal(expected, Assert.Single(files.Errors).ToString());
    }

    [Fact]
    public void A_reference_in_a_comment_asks_for_nothing() =>
        Assert.Equal("a", (string?)Read("""host: a # ${{ env "DECK_UNSET" }}""", "DECK_HOST", "x")!["host"]);

    [Fact]
    public void A_file_that_comes_over_the_Admin_API_reads_no_environment()
    {
        var loaded = DeclarativeLoader.Load("""{_format_version: "3.0", consumers: [{username: '${{ env "DECK_HOST" }}'}]}""", TimeProvider.System);

        Assert.Equal("""${{ env "DECK_HOST" }}""", (string?)Assert.Single(loaded.Entities).Entity["username"]);
    }

    private static JsonNode? Read(string text, string name, string value) => YamlToJson.Read(text, new EnvironmentReferences(asked => asked == name ? value : null));
}
