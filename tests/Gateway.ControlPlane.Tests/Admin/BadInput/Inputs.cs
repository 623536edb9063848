using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Tests.Admin.BadInput;

/// <summary>Makes what clients may send of an entity from its schema: mostly what keeps the rules of each field, now and then what does not, at times anything at all.</summary>
/// <param name="existing">What references may go to, by kind.</param>
/// <param name="special">Texts that nobody guesses: certificates, keys.</param>
internal sealed class Inputs(IReadOnlyDictionary<string, Guid> existing, params IReadOnlyList<string> special)
{
    // Stands for half of a surrogate pair, which JSON can escape and no text can hold.
    private const string HalfACharacter = "half-a-character";

    // Something for every rule of a text to like, and much for none of them.
    private static readonly string[] Texts =
    [
        "a", "name-1", "petstore", "api.example.com", "*.example.com", "example.*", "a.test:8080", "10.0.0.1", "10.0.0.1:8000", "[::1]:80", "10.0.0.0/8", "/", "/pets", "~/pets/(?<id>[^/]+)$",
        "~/(", "/a//b", "/a b", "/%zz", "/%2F", "GET", "get", "x-header", "bad header", "X-Name:value", "x:$(headers.a)", "tag", "a,b", "site:on-prem", "00000000-0000-4000-8000-000000000000", "env", "HS256", """{"kty":"oct","kid":"a","k":"YQ"}""",
        "https://example.com/a", "http://u:p@example.com/", "http://[", "********", "{vault://env/NAME}", "{vault://}", "\u0000", "a\u0000b", "\u202E", "ä€😀", " ", "", "null", "true", "1", "-1", "1e400",
        "99999999999999999999999999999999999999", "' OR 1=1 --", "../../etc/passwd", "\r\nX: y", "(?:a+)+$", "(?<n>", "\\1", new string('a', 300), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ];

    private static readonly Gen<JsonNode?> Numbers = Gen.OneOf(
        Gen.OneOf(0L, 1, -1, 80, 65535, 65536, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.OneOf("1e400", "-1e400", "1.5", "1e-9", "80.0", "8e1", "123456789012345678901234567890", "-0").Select(number => JsonNode.Parse(number)));

    private static readonly Gen<JsonNode?> Scalars = Gen.Frequency(
        (6, Gen.OneOf(Texts).Select(text => (JsonNode?)JsonValue.Create(text))),
        (1, Gen.String[0, 20].Select(text => (JsonNode?)JsonValue.Create(text))),
        (1, Gen.Const(() => (JsonNode?)JsonValue.Create(HalfACharacter))),
        (3, Numbers),
        (1, Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag))),
        (1, Gen.Const(() => (JsonNode?)null)));

    /// <summary>Any JSON.</summary>
    public static readonly Gen<JsonNode?> Anything = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3
        ? Scalars
        : Gen.Frequency(
            (4, Scalars),
            (1, inner.Array[0, 3].Select(elements => (JsonNode?)new JsonArray([.. elements.Select(element => element?.DeepClone())]))),
            (1, Gen.Select(Gen.OneOf(Texts), inner).Array[0, 3].Select(members => (JsonNode?)Record(members)))));

    /// <summary>An entity of a kind, as a body.</summary>
    public Gen<JsonObject> Of(EntitySchema schema) => schema.Kind == EntityKinds.Plugins
        ? Gen.OneOf(PluginCatalogue.All.ToArray()).SelectMany(plugin => Entity(
        [
            .. schema.Fields.Where(field => field.Name != "name").Select(field => field.Name == "config" ? field with { Fields = plugin.Fields } : field),
            new FieldSchema("name", FieldType.String) { Required = true, OneOf = [plugin.Name] },
        ]))
        : Entity(schema.Fields);

    private Gen<JsonObject> Entity(IReadOnlyList<FieldSchema> fields) => Gen.Frequency(
        (5, Members(fields, wrongInHundred: 0)),
        (4, Members(fields, wrongInHundred: 8)),
        (1, Members(fields, wrongInHundred: 60)));

    private Gen<JsonObject> Members(IReadOnlyList<FieldSchema> fields, int wrongInHundred)
    {
        var members = fields.Where(field => !field.Auto || field.Secret).Select(field => Member(field, wrongInHundred)).ToArray();
        var unknown = Gen.Select(Gen.OneOf(Texts), Anything).Select(member => Tuple.Create<string, JsonNode?>(member.Item1, member.Item2));
        var all = Gen.Select(Sequence(members), Chance(wrongInHundred / 2, unknown));
        return all.Select(parts =>
        {
            var entity = new JsonObject();
            foreach (var member in parts.Item1.Append(parts.Item2).OfType<Tuple<string, JsonNode?>>())
            {
                entity[member.Item1] = member.Item2?.DeepClone();
            }

            return entity;
        });
    }

    private Gen<Tuple<string, JsonNode?>?> Member(FieldSchema field, int wrongInHundred)
    {
        var right = (field.NotServed ? Anything : Right(field, wrongInHundred)).Select(value => Tuple.Create(field.Name, value));
        var wrong = Anything.Select(value => Tuple.Create(field.Name, value));
        var value = wrongInHundred is 0 ? right : Gen.Frequency((100 - wrongInHundred, right), (wrongInHundred, wrong));
        return Chance(field.NotServed ? wrongInHundred / 8 : field.Required && field.Default is null ? 98 : 30, value);
    }

    private static Gen<Tuple<string, JsonNode?>?> Chance(int inHundred, Gen<Tuple<string, JsonNode?>> member) => Gen.Frequency(
        (inHundred, member.Select(value => (Tuple<string, JsonNode?>?)value)),
        (100 - inHundred, Gen.Const((Tuple<string, JsonNode?>?)null)));

    private Gen<JsonNode?> Right(FieldSchema field, int wrongInHundred) => field.Type switch
    {
        FieldType.String => Gen.OneOf(Fitting(field)).Select(text => (JsonNode?)JsonValue.Create(text)),
        FieldType.Integer => Whole(field),
        FieldType.Number => Gen.Frequency((3, Whole(field)), (1, Gen.Double[field.Between?.Minimum ?? 0, Math.Min(field.Between?.Maximum ?? 1000, 1e9)].Select(number => (JsonNode?)JsonValue.Create(number)))),
        FieldType.Boolean => Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        FieldType.Array or FieldType.Set => Right(field.Elements!, wrongInHundred).Array[field.MinimumLength ?? 0, 3].Select(elements => (JsonNode?)new JsonArray([.. elements.Select(element => element?.DeepClone())])),
        FieldType.Map => Gen.Select(Gen.OneOf(Fitting(field.Keys!)), Right(field.Values!, wrongInHundred)).Array[0, 3].Select(members => (JsonNode?)Record(members)),
        FieldType.Foreign => Reference(field),
        _ => Members(field.Fields, wrongInHundred).Select(record => (JsonNode?)record),
    };

    private static Gen<JsonNode?> Whole(FieldSchema field)
    {
        var (minimum, maximum) = ((long)(field.Between?.Minimum ?? 1), (long)Math.Min(field.Between?.Maximum ?? 1000, 1e12));
        return Gen.Frequency((4, Gen.Long[minimum, maximum]), (1, Gen.OneOf(minimum, maximum))).Select(number => (JsonNode?)JsonValue.Create(number));
    }

    private Gen<JsonNode?> Reference(FieldSchema field) => field.Reference is not null && existing.TryGetValue(field.Reference, out var id)
        ? Gen.Frequency(
            (field.Required ? 20 : 4, Gen.Const(() => (JsonNode?)new JsonObject { ["id"] = id.ToString("D") })),
            (1, Gen.Const(() => (JsonNode?)new JsonObject { ["id"] = "99999999-9999-4999-8999-999999999999" })),
            (1, Gen.Const(() => (JsonNode?)new JsonObject { [EntitySchemas.For(field.Reference).EndpointKey ?? "name"] = Name(field.Reference) })))
        : Gen.Const((JsonNode?)null);

    /// <summary>The JSON of a body.</summary>
    public static string Text(JsonNode? body) => (body?.ToJsonString() ?? "null").Replace(HalfACharacter, "\\ud800", StringComparison.Ordinal);

    /// <summary>What the entities that references may go to are called.</summary>
    public static string Name(string kind) => $"existing-{kind.Replace('_', '-')}.test";

    private string[] Fitting(FieldSchema field)
    {
        if (field.OneOf.Count > 0)
        {
            return [.. field.OneOf];
        }

        var fitting = Texts.Concat(special).Where(text => text.Length >= (field.MinimumLength ?? 0) && text.Length <= (field.MaximumLength ?? int.MaxValue) && text != "********"
            && (field.Check is null || field.Check(JsonValue.Create(text)) is null)).ToArray();
        return fitting.Length > 0 ? fitting : Texts;
    }

    private static Gen<T[]> Sequence<T>(Gen<T>[] all) => all.Aggregate(
        Gen.Const(Array.Empty<T>()), (left, right) => Gen.Select(left, right).Select(pair => (T[])[.. pair.Item1, pair.Item2]));

    private static JsonObject Record((string Name, JsonNode? Value)[] members)
    {
        var record = new JsonObject();
        foreach (var (name, value) in members)
        {
            record[name] = value?.DeepClone();
        }

        return record;
    }
}
