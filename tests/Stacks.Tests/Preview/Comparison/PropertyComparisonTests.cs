using System.Text.Json.Nodes;
using Hybrid.Stacks.Preview.Comparison;

namespace Hybrid.Stacks.Tests.Preview.Comparison;

public sealed class PropertyComparisonTests
{
    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1}""", "")]
    [InlineData("""{"a": 1}""", """{"a": 2}""", "a")]
    [InlineData("""{"a": {"b": 1, "c": 2}}""", """{"a": {"b": 1, "c": 3}}""", "a.c")]
    [InlineData("""{"a": {"x.y/z": 1}}""", """{"a": {"x.y/z": 2}}""", "a[\"x.y/z\"]")]
    [InlineData("""{"a": [{"b": 1}]}""", """{"a": [{"b": 1}, {"b": 2}]}""", "a[1]")]
    [InlineData("""{"a": ["x"]}""", """{"a": ["x", "y"]}""", "a")]
    [InlineData("""{"a": 1}""", "{}", "a")]
    [InlineData("""{"p": "{\"S\": [{\"A\": 1}]}"}""", """{"p": "{ \"S\": [ { \"A\": 2 } ] }"}""", "p.S[0].A")]
    [InlineData("""{"p": "{\"S\": 1}"}""", """{"p": "{ \"S\": 1 }"}""", "")]
    [InlineData("""{"p": "{not json"}""", """{"p": "{not json either"}""", "p")]
    public void A_difference_is_told_by_the_deepest_path(string before, string after, string paths) =>
        Assert.Equal(paths, string.Join(' ', PropertyComparison.Of((JsonObject)JsonNode.Parse(before)!, (JsonObject)JsonNode.Parse(after)!).Select(change => change.Path)));

    [Theory]
    [InlineData("spec.ports[0].name", "spec.ports", true)]
    [InlineData("spec.ports[0]", "spec.ports", true)]
    [InlineData("spec.portsOther", "spec.ports", false)]
    [InlineData("spec", "spec.ports", false)]
    [InlineData("metadata.annotations[\"a.b/c\"]", "metadata.annotations", true)]
    [InlineData("subnetIds[2]", "subnetIds[*]", true)]
    public void A_path_is_in_another_whatever_the_indexes(string path, string other, bool expected) => Assert.Equal(expected, PropertyComparison.IsAtOrIn(path, other));
}
