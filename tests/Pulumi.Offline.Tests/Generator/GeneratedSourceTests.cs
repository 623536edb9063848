using Pulumi.Offline.Generator.Check;
using Pulumi.Offline.Generator.Emit;
using Pulumi.Offline.Generator.Schemas;

namespace Hybrid.PulumiOffline.Tests.Generator;

public sealed class GeneratedSourceTests
{
    private static readonly IReadOnlyList<GeneratedFile> Files = SourceGenerator.Generate([SchemaReader.Read(SmallSchema.Json)]);

    [Theory]
    // A resource with something required insists on its arguments.
    [InlineData("Tls/Index.g.cs", "public Thing(string name, global::Pulumi.Tls.ThingArgs args, global::Pulumi.CustomResourceOptions? options = null)")]
    [InlineData("Tls/Index.g.cs", "[TlsResourceType(\"tls:index/thing:Thing\")]")]
    [InlineData("Tls/Index.g.cs", "public static Thing Get(string name, Input<string> id, ThingState? state = null, global::Pulumi.CustomResourceOptions? options = null)")]
    [InlineData("Tls/Index.g.cs", "AdditionalSecretOutputs = { \"key\" },")]
    [InlineData("Tls/Index.g.cs", "Aliases = { new global::Pulumi.Alias { Type = \"tls:index/oldThing:OldThing\" } },")]
    // Optional outputs are nullable, lists are never.
    [InlineData("Tls/Index.g.cs", "[Output(\"count\")] public Output<int?> Count { get; private set; } = null!;")]
    [InlineData("Tls/Index.g.cs", "[Output(\"size\")] public Output<string> Size { get; private set; } = null!;")]
    [InlineData("Tls/Index.g.cs", "[Output(\"parts\")] public Output<ImmutableArray<global::Pulumi.Tls.Outputs.ThingPart>> Parts { get; private set; } = null!;")]
    // Arguments: collections fill themselves, secrets are marked, unions take either, prescribed names win.
    [InlineData("Tls/Index.g.cs", "[Input(\"parts\", required: true)] private InputList<global::Pulumi.Tls.Inputs.ThingPartArgs>? _parts;")]
    [InlineData("Tls/Index.g.cs", "public Input<string>? Key { get => _key; set => _key = global::Pulumi.Serialization.Secrets.Mark(value); }")]
    [InlineData("Tls/Index.g.cs", "[Input(\"policy\")] public InputUnion<string, global::Pulumi.Tls.Inputs.ThingPartArgs>? PolicyDocument { get; set; }")]
    [InlineData("Tls/Index.g.cs", "[Input(\"retries\", json: true)] public Input<int>? Retries { get; set; }")]
    [InlineData("Tls/Index.g.cs", "[Input(\"url\")] public Input<string>? Url { get; set; }")]
    // Functions: plain and lifted.
    [InlineData("Tls/Index.g.cs", "public static global::System.Threading.Tasks.Task<GetThingResult> InvokeAsync(GetThingArgs args, InvokeOptions? options = null)")]
    [InlineData("Tls/Index.g.cs", "public static Output<GetThingResult> Invoke(GetThingInvokeArgs args, InvokeOptions? options = null)")]
    [InlineData("Tls/Index.g.cs", "public readonly global::Pulumi.Tls.Outputs.ThingPartResult Part;")]
    // A text that may be a known value is taken as either and read as a text.
    [InlineData("Tls/Index.Inputs.g.cs", "[Input(\"kind\", required: true)] public InputUnion<string, global::Pulumi.Tls.Kind> Kind { get; set; } = null!;")]
    [InlineData("Tls/Index.Outputs.g.cs", "public readonly string Kind;")]
    [InlineData("Tls/Index.Outputs.g.cs", "public readonly ImmutableArray<double> Weights;")]
    public void A_schema_becomes_the_official_shape(string path, string line)
        => Assert.Contains(Files.Single(file => file.Path == path).Content.Split('\n'), candidate => candidate.Trim() == line);

    [Fact]
    public void The_same_schema_makes_the_same_files()
        => Assert.Equal(Files, SourceGenerator.Generate([SchemaReader.Read(SmallSchema.Json)]));

    [Fact]
    public void Stale_edited_and_missing_files_are_found()
    {
        var folder = Directory.CreateTempSubdirectory("pulumi-offline-");
        try
        {
            SourceGenerator.Write(Files, folder.FullName);
            Assert.Empty(GeneratedFilesChecker.Check(Files, folder.FullName));

            File.AppendAllText(Path.Combine(folder.FullName, "Tls/Index.g.cs"), "// edited\n");
            File.Delete(Path.Combine(folder.FullName, "Tls/Index.Outputs.g.cs"));
            File.WriteAllText(Path.Combine(folder.FullName, "Tls/Extra.g.cs"), "");

            Assert.Equal(
                ["Tls/Extra.g.cs: the generator does not make this file", "Tls/Index.Outputs.g.cs: the file is missing", "Tls/Index.g.cs: it differs from line"],
                GeneratedFilesChecker.Check(Files, folder.FullName).Select(finding => $"{finding.Field}: {finding.Problem}".Split(" line ")[0] + (finding.Problem.Contains(" line ", StringComparison.Ordinal) ? " line" : "")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_unknown_type_is_named()
    {
        var failure = Assert.Throws<InvalidDataException>(() => SchemaReader.Read(SmallSchema.Json.Replace("\"integer\"", "\"fraction\"", StringComparison.Ordinal)));

        Assert.Equal("type: 'fraction' is not a schema type; allowed: string, boolean, integer, number, array, object", failure.Message);
    }
}
