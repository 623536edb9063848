using System.Text;
using System.Text.Json.Nodes;
using Gateway.Model.Configuration;

namespace Gateway.Model.Tests.Configuration;

public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": null }""", """{"a":null,"b":1}""")]
    [InlineData("""{"a":{"z":1,"y":[{"d":1,"c":2}]}}""", """{"a":{"y":[{"c":2,"d":1}],"z":1}}""")]
    [InlineData("""{"a":1.0,"b":1e2,"c":0.5,"d":-0}""", """{"a":1,"b":100,"c":0.5,"d":0}""")]
    [InlineData("""{"a":"\u00e9/<>&"}""", """{"a":"é/<>&"}""")]
    [InlineData("""{"a":9223372036854775807}""", """{"a":9223372036854775807}""")]
    [InlineData("""{"B":1,"a":2,"A":3}""", """{"A":3,"B":1,"a":2}""")]
    public void Equal_entities_have_equal_bytes(string input, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalForm.Write(JsonNode.Parse(input)!)));
    }

    [Fact]
    public void Writing_what_was_read_changes_nothing()
    {
        var bytes = CanonicalForm.Write(JsonNode.Parse("""{"x":[1,2.25,"t",true,null,{}],"a":-3}""")!);

        Assert.Equal(bytes, CanonicalForm.Write(CanonicalForm.Read(bytes)));
    }

    [Fact]
    public void Values_made_in_code_have_the_same_bytes_as_parsed_ones()
    {
        var made = new JsonObject { ["b"] = 1, ["a"] = 2.0, ["c"] = 3L };

        Assert.Equal("""{"a":2,"b":1,"c":3}""", Encoding.UTF8.GetString(CanonicalForm.Write(made)));
    }
}
