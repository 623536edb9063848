using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Model.Declarative;

namespace Gateway.Model.Tests.Declarative;

public sealed class JsonToYamlTests
{
    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Gen.OneOf(
            Gen.String[Gen.Char[' ', '~'], 0, 12],
            Gen.OneOf("true", "no", "1.0", "0x1F", "null", "~", "2026-11-23", "1_000", "<<", "*a", "&a", "- a", "a: b", "a #b", "~/pets/(?<id>[^/]+)$", "ä€😀", "line\nline", "line\n", " x ", "\t", "\u0085\u2028", "key:", "|", "%a")).Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const(() => (JsonNode?)null));

    private static readonly Gen<JsonNode> Documents = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3
        ? Scalars
        : Gen.OneOf(
            Scalars,
            inner.Array[0, 4].Select(elements => (JsonNode?)new JsonArray([.. elements.Select(element => element?.DeepClone())])),
            Gen.Select(Scalars.Where(name => name is JsonValue).Select(name => name!.ToString()), inner).Array[0, 4].Select(Object)))
        .Select(node => (JsonNode)new JsonObject { ["document"] = node?.DeepClone() });

    [Fact]
    public void What_is_written_is_read_back() => Documents.Sample(
        document => JsonNode.DeepEquals(document, YamlToJson.Read(JsonToYaml.Write(document))),
        iter: 3000,
        print: document => $"{document.ToJsonString()}\n{JsonToYaml.Write(document)}");

    [Fact]
    public void It_is_written_as_people_do() => Assert.Equal(
        """
        _format_version: "3.0"
        services:
        - name: petstore
          paths: [/pets, "~/pets/(?<id>[^/]+)$"]
          key: |-
            -----BEGIN-----
            abc
          headers: {}

        """.ReplaceLineEndings("\n"),
        JsonToYaml.Write(JsonNode.Parse("""
            {"_format_version": "3.0", "services": [{"name": "petstore", "paths": ["/pets", "~/pets/(?<id>[^/]+)$"], "key": "-----BEGIN-----\nabc", "headers": {}}]}
            """)!));

    private static JsonNode? Object((string Name, JsonNode? Value)[] members)
    {
        var holder = new JsonObject();
        foreach (var (name, value) in members)
        {
            holder[name] = value?.DeepClone();
        }

        return holder;
    }
}
