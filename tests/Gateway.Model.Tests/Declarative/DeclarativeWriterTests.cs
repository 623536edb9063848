using System.Text.Json.Nodes;
using Gateway.Model.Declarative;
using Hybrid.Testing;

namespace Gateway.Model.Tests.Declarative;

public sealed class DeclarativeWriterTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "Gateway.Model.Tests", "Declarative", "Cases"), "*.yaml")
            .Append(Repository.PathOf("gateway", "samples", "petstore.yaml"))
            .Where(file => DeclarativeLoader.Load(File.ReadAllText(file), TimeProvider.System).Errors.Count == 0)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_written_loads_back_as_the_same_entities(string file)
    {
        var entities = Load(File.ReadAllText(Repository.PathOf(file)));

        var written = JsonToYaml.Write(DeclarativeWriter.Write(entities, []));
        var again = Load(written);

        Assert.Equal(Comparable(entities), Comparable(again));
        Assert.Equal(written, JsonToYaml.Write(DeclarativeWriter.Write(again.AsEnumerable().Reverse(), [])));
    }

    [Fact]
    public void Entities_stand_in_what_they_belong_to_and_beside_it_where_they_belong_to_two()
    {
        var file = DeclarativeWriter.Write(
            Load("""
                _format_version: "3.0"
                services: [{name: s, host: h}]
                consumers: [{username: c}]
                routes: [{name: r, paths: [/r], service: s}]
                plugins: [{name: correlation-id, route: r}, {name: request-termination, service: s, consumer: c}]
                """),
            ["team-a"]);

        Assert.Equal("team-a", (string?)file["_info"]!["select_tags"]![0]);
        Assert.Equal("correlation-id", (string?)file["services"]![0]!["routes"]![0]!["plugins"]![0]!["name"]);
        var plugin = Assert.Single(file["plugins"]!.AsArray())!;
        Assert.Equal("""{"name":"s"} {"username":"c"}""", $"{plugin["service"]!.ToJsonString()} {plugin["consumer"]!.ToJsonString()}");
    }

    private static List<(string Kind, JsonObject Entity)> Load(string text)
    {
        var loaded = DeclarativeLoader.Load(text, TimeProvider.System);
        Assert.Empty(loaded.Errors);
        return [.. loaded.Entities.Select(entity => (entity.Kind, entity.Entity))];
    }

    private static List<string> Comparable(IEnumerable<(string Kind, JsonObject Entity)> entities) =>
        [.. entities.Select(entity =>
        {
            var copy = (JsonObject)entity.Entity.DeepClone();
            copy.Remove("created_at");
            copy.Remove("updated_at");
            return $"{entity.Kind} {copy.ToJsonString()}";
        }).Order(StringComparer.Ordinal)];
}
