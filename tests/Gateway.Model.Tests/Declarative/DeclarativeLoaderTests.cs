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
