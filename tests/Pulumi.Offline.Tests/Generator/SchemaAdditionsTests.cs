using Pulumi.Offline.Generator.Schemas;

namespace Hybrid.PulumiOffline.Tests.Generator;

public sealed class SchemaAdditionsTests : IDisposable
{
    private const string Addition = """{ "resources": { "tls:index/other:Other": { "inputProperties": {}, "properties": {} } }, "types": {} }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pulumi-offline-");

    public SchemaAdditionsTests() => File.WriteAllText(Schema, SmallSchema.Json);

    private string Schema => Path.Combine(_folder.FullName, "tls.json");

    private string Additions => Path.Combine(_folder.FullName, "tls-additions.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_a_schema_lacks_is_read_beside_what_it_has()
    {
        File.WriteAllText(Additions, Addition);

        var package = SchemaReader.Read(SchemaAdditions.Merge(Schema, Additions));

        Assert.Equal(["tls:index/other:Other", "tls:index/thing:Thing"], package.Resources.Select(resource => resource.Token));
    }

    [Fact]
    public void Without_additions_the_schema_is_as_it_is() => Assert.Equal(SmallSchema.Json, SchemaAdditions.Merge(Schema, Additions));

    [Fact]
    public void Nothing_is_overridden()
    {
        File.WriteAllText(Additions, Addition.Replace("other:Other", "thing:Thing", StringComparison.Ordinal));

        var failure = Assert.Throws<InvalidDataException>(() => SchemaAdditions.Merge(Schema, Additions));

        Assert.Equal("tls-additions.json: resources: 'tls:index/thing:Thing' is in tls.json already; allowed: what that lacks", failure.Message);
    }
}
