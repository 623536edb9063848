using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.Model.Tests.Schemas;

/// <summary>Schemas and typed records are two views of the same entities: they must not drift.</summary>
public sealed class RecordAgreementTests
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<string> Kinds => [.. EntitySchemas.All.Select(schema => schema.Kind)];

    public static TheoryData<string> PluginNames => [.. PluginCatalogue.All.Select(plugin => plugin.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_records_properties_are_fields_of_its_schema(string kind)
    {
        var fields = EntitySchemas.For(kind).Fields.Select(field => field.Name);

        // What is published in place of the key is not an administrator's field.
        Assert.Empty(TypeOf(kind).Properties.Select(property => property.Name).Except(fields).Except(["key_hash"]));
    }

    [Theory]
    [MemberData(nameof(PluginNames))]
    public void A_configs_properties_are_fields_with_the_same_defaults(string name)
    {
        var definition = PluginCatalogue.Find(name)!;
        var empty = JsonSerializer.SerializeToNode(definition.Read([]), definition.Read([]).GetType(), SnakeCase)!.AsObject();

        AssertAgreement(definition.Fields, empty);
    }

    [Fact]
    public void A_normalised_route_is_read_as_written()
    {
        var route = EntitySchemas.For(EntityKinds.Routes).Normalise(
            (JsonObject)JsonNode.Parse("""{"name":"r","paths":["/a"],"headers":{"x":["1"]},"service":{"id":"11111111-1111-4111-8111-111111111111"}}""")!,
            NormaliseMode.Insert,
            null,
            TimeProvider.System).Entity!;

        var read = CanonicalForm.Read(CanonicalForm.Write(route), ModelJson.Default.Route);

        Assert.Equal("r", read.Name);
        Assert.Equal(["/a"], read.Paths!);
        Assert.Equal(["1"], read.Headers!["x"]);
        Assert.Equal(Guid.Parse("11111111-1111-4111-8111-111111111111"), read.Service!.Id);
        Assert.True(read.StripPath);
    }

    private static void AssertAgreement(IReadOnlyList<FieldSchema> fields, JsonObject empty)
    {
        foreach (var (property, value) in empty)
        {
            var field = Assert.Single(fields, field => field.Name == property);
            if (field.Type is FieldType.Record && value is JsonObject record)
            {
                AssertAgreement(field.Fields, record);
            }
            else if (field is not { Required: true, Default: null })
            {
                Assert.Equal(field.Default?.ToJsonString(), value?.ToJsonString());
            }
        }
    }

    private static JsonTypeInfo TypeOf(string kind) => kind switch
    {
        EntityKinds.Services => ModelJson.Default.Service,
        EntityKinds.Routes => ModelJson.Default.Route,
        EntityKinds.Upstreams => ModelJson.Default.Upstream,
        EntityKinds.Targets => ModelJson.Default.Target,
        EntityKinds.Consumers => ModelJson.Default.Consumer,
        EntityKinds.KeyAuthCredentials => ModelJson.Default.KeyAuthCredential,
        EntityKinds.ConsumerGroups => ModelJson.Default.ConsumerGroup,
        EntityKinds.ConsumerGroupMembers => ModelJson.Default.ConsumerGroupMember,
        EntityKinds.BasicAuthCredentials => ModelJson.Default.BasicAuthCredential,
        EntityKinds.JwtSecrets => ModelJson.Default.JwtSecret,
        EntityKinds.Acls => ModelJson.Default.Acl,
        EntityKinds.MtlsAuthCredentials => ModelJson.Default.MtlsAuthCredential,
        EntityKinds.Certificates => ModelJson.Default.Certificate,
        EntityKinds.Snis => ModelJson.Default.Sni,
        EntityKinds.CaCertificates => ModelJson.Default.CaCertificate,
        EntityKinds.Vaults => ModelJson.Default.Vault,
        EntityKinds.KeySets => ModelJson.Default.KeySet,
        EntityKinds.Keys => ModelJson.Default.Key,
        EntityKinds.Plugins => ModelJson.Default.Plugin,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no record"),
    };
}
