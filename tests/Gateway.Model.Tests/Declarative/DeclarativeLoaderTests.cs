using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Declarative;
using Gateway.Model.Entities;
using Hybrid.Testing;

namespace Gateway.Model.Tests.Declarative;

public sealed class DeclarativeLoaderTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "Gateway.Model.Tests", "Declarative", "Cases"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Pairs of files: NAME.yaml, and NAME.json with the entities, or the errors, that it makes. UPDATE_CASES=1 writes the second.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_makes_the_expected_entities_or_errors(string name)
    {
        var input = Repository.PathOf("tests", "Gateway.Model.Tests", "Declarative", "Cases", name + ".yaml");
        var expected = Path.ChangeExtension(input, ".json");

        var actual = Show(DeclarativeLoader.Load(File.ReadAllText(input), TimeProvider.System));

        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            File.WriteAllText(expected, actual);
        }

        Assert.Equal(File.ReadAllText(expected), actual);
    }

    [Fact]
    public void The_sample_is_valid_and_makes_the_same_ids_each_time()
    {
        var text = File.ReadAllText(Repository.PathOf("gateway", "samples", "petstore.yaml"));

        var first = DeclarativeLoader.Load(text, TimeProvider.System);
        var second = DeclarativeLoader.Load(text, TimeProvider.System);

        Assert.Empty(first.Errors);
        Assert.Equal(12, first.Entities.Count);
        Assert.Equal(first.Entities.Select(entity => (string?)entity.Entity["id"]), second.Entities.Select(entity => (string?)entity.Entity["id"]));
    }

    [Fact]
    public void Entities_come_in_an_order_in_which_they_can_be_written()
    {
        var entities = DeclarativeLoader.Load(File.ReadAllText(Repository.PathOf("gateway", "samples", "petstore.yaml")), TimeProvider.System).Entities;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            foreach (var reference in (string[])["service", "route", "consumer", "upstream"])
            {
                Assert.True(entity.Entity[reference] is null || seen.Contains((string)entity.Entity[reference]!["id"]!));
            }

            seen.Add((string)entity.Entity["id"]!);
        }
    }

    [Fact]
    public void An_id_does_not_give_a_key_away()
    {
        string IdOf(string key) => (string)DeclarativeLoader.Load(
            $"{{_format_version: '3.0', consumers: [{{username: a, keyauth_credentials: [{{key: {key}}}]}}]}}", TimeProvider.System)
            .Entities.Single(entity => entity.Kind == EntityKinds.KeyAuthCredentials).Entity["id"]!;

        Assert.Equal(IdOf("one"), IdOf("two"));
    }

    [Fact]
    public void An_id_does_not_depend_on_whether_an_entity_is_nested_or_flat()
    {
        const string Nested = """
            _format_version: "3.0"
            services: [{name: s, host: h, routes: [{name: r, paths: [/a]}], plugins: [{name: correlation-id}]}]
            upstreams: [{name: u, targets: [{target: t}]}]
            consumers: [{username: c, keyauth_credentials: [{key: k}]}]
            """;
        const string Flat = """
            _format_version: "3.0"
            keyauth_credentials: [{key: k, consumer: {username: c}}]
            targets: [{target: "t:8000", upstream: {name: u}}]
            plugins: [{name: correlation-id, service: s}]
            routes: [{name: r, paths: [/a], service: {name: s}}]
            services: [{name: s, host: h}]
            upstreams: [{name: u}]
            consumers: [{username: c}]
            """;

        Assert.Equal(Ids(Nested), Ids(Flat));
    }

    // SHA-1 name-based UUIDs in Kong's name spaces, computed apart from this code.
    [Fact]
    public void An_entity_with_a_name_has_the_id_that_Kong_gives_it()
    {
        Assert.Contains("89dd9e9d-3f98-5e11-ab72-c90b6c2d30a2", Ids("""{_format_version: "3.0", services: [{name: example, host: h}]}"""));
    }

    [Fact]
    public void Entities_without_a_name_that_say_the_same_are_two()
    {
        var ids = Ids("""{_format_version: "3.0", routes: [{paths: [/a]}, {paths: [/a]}]}""");

        Assert.Equal(2, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ids, Ids("""{_format_version: "3.0", routes: [{paths: [/a]}, {paths: [/a]}]}"""));
    }

    [Fact]
    public void JSON_and_YAML_of_the_same_file_make_the_same_entities()
    {
        Assert.Equal(
            Ids("""{"_format_version": "3.0", "services": [{"name": "s", "host": "h", "routes": [{"paths": ["/a"]}]}]}"""),
            Ids("_format_version: '3.0'\nservices:\n- name: s\n  host: h\n  routes:\n  - paths: [/a]\n"));
    }

    [Theory]
    [InlineData("""{"_format_version":"3.0","routes":[{"paths":["\ud800"]}]}""")]
    [InlineData("""{"_format_version":"3.0","routes":[{"\uDC00":1}]}""")]
    public void A_file_with_half_a_character_is_refused_where_it_is(string text)
    {
        Assert.Contains("line 1, column", Assert.Single(DeclarativeLoader.Load(text, TimeProvider.System).Errors).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_may_be_written_as_a_surrogate_pair()
    {
        Assert.Single(Ids("""{"_format_version":"3.0","consumers":[{"username":"\ud83d\ude00"}]}"""));
    }

    [Fact]
    public void A_file_that_is_wrong_throughout_says_so_a_thousand_times_at_most()
    {
        var text = $$"""{"_format_version":"3.0","services":[{{string.Join(',', Enumerable.Repeat("""{"host":5}""", 5000))}}]}""";

        Assert.InRange(DeclarativeLoader.Load(text, TimeProvider.System).Errors.Count, 1000, 1010);
    }

    private static List<string> Ids(string text)
    {
        var result = DeclarativeLoader.Load(text, TimeProvider.System);
        Assert.Empty(result.Errors);
        return [.. result.Entities.Select(entity => (string)entity.Entity["id"]!)];
    }

    private static string Show(DeclarativeResult result)
    {
        var shown = result.Errors.Count > 0
            ? new JsonObject { ["errors"] = new JsonArray([.. result.Errors.Select(error => JsonValue.Create(error.ToString()))]) }
            : new JsonObject { ["entities"] = new JsonArray([.. result.Entities.Select(entity => Show(entity))]) };
        return shown.ToJsonString(Indented) + "\n";
    }

    // Times differ by run, and defaults are the schemas' tests' business.
    private static JsonObject Show(DeclarativeEntity entity)
    {
        var shown = new JsonObject { ["kind"] = entity.Kind, ["path"] = entity.Path };
        foreach (var (name, value) in entity.Entity.Where(member => member.Value is not null && member.Key is not ("created_at" or "updated_at" or "healthchecks")))
        {
            shown[name] = value!.DeepClone();
        }

        return shown;
    }
}
