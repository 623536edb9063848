using System.Reflection;
using System.Reflection.Emit;
using Pulumi;
using Pulumi.Offline.Generator.Check;
using Pulumi.Offline.Generator.Emit;
using Pulumi.Offline.Generator.Schemas;

namespace Hybrid.PulumiOffline.Tests.Generator;

public sealed class SurfaceCheckTests
{
    private static readonly Type[] Subset = typeof(Output).Assembly.GetExportedTypes();

    [Fact]
    public void The_subset_offers_nothing_that_the_schemas_lack()
        => Assert.Empty(new SurfaceChecker(new ExpectedSurface(OfficialSchemas.Read())).Check(Subset));

    [Fact]
    public void The_committed_sources_are_what_the_generator_makes()
        => Assert.Empty(GeneratedFilesChecker.Check(
            SourceGenerator.Generate(OfficialSchemas.Read()), Repository.PathOf("infra", "pulumi-offline", "Generated")));

    [Fact]
    public void A_planted_property_is_found()
    {
        var planted = Plant("Pulumi.Tls.ThingArgs", required: false, ("Size", "size"), ("Color", "color"));

        var finding = Assert.Single(Check(planted));
        Assert.Equal("Pulumi.Tls.ThingArgs.Color", finding.Field);
        Assert.Equal("no such property in the schema of tls:index/thing:Thing", finding.Problem);
    }

    [Fact]
    public void A_planted_type_is_found()
    {
        var planted = Plant("Pulumi.Tls.Planted", required: false);

        Assert.Equal("Pulumi.Tls.Planted: no such type in the schemas; allowed: a type of the official package", Assert.Single(Check(planted)).ToString());
    }

    [Fact]
    public void A_required_flag_of_the_subset_alone_is_found()
    {
        var planted = Plant("Pulumi.Tls.ThingArgs", required: true, ("Size", "size"));

        Assert.Equal("it is required", Assert.Single(Check(planted)).Problem);
    }

    [Fact]
    public void A_wrong_name_on_the_wire_is_found()
    {
        var planted = Plant("Pulumi.Tls.ThingArgs", required: false, ("Size", "magnitude"));

        Assert.Equal("its name on the wire is 'magnitude'", Assert.Single(Check(planted)).Problem);
    }

    [Fact]
    public void A_property_that_a_schema_loses_is_found_in_the_subset()
    {
        var packages = OfficialSchemas.Read()
            .Select(package => package with { Resources = [.. package.Resources.Select(WithoutCidrBlock)] });

        var finding = Assert.Single(new SurfaceChecker(new ExpectedSurface(packages)).Check(Subset));
        Assert.Equal("Pulumi.Aws.Ec2.Vpc.CidrBlock", finding.Field);

        static SchemaResource WithoutCidrBlock(SchemaResource resource) => resource.Token == "aws:ec2/vpc:Vpc"
            ? resource with { Outputs = [.. resource.Outputs.Where(output => output.Name != "cidrBlock")] }
            : resource;
    }

    [Fact]
    public void What_the_schemas_keep_secret_is_kept_secret_and_nothing_else()
        => Assert.Empty(SecrecyChecker.Check(OfficialSchemas.Read(), Subset));

    [Theory]
    [InlineData("tls:index/privateKey:PrivateKey", "privateKeyPem", "Pulumi.Tls.PrivateKey: its secret outputs are 'privateKeyOpenssh, privateKeyPem, privateKeyPemPkcs8'; allowed: 'privateKeyOpenssh, privateKeyPemPkcs8'")]
    [InlineData("tls:index/certRequest:CertRequest", "privateKeyPem", "Pulumi.Tls.CertRequestArgs.PrivateKeyPem: it is kept secret; allowed: plain")]
    [InlineData("tls:index/certRequest:CertRequest", "certRequestPem", "Pulumi.Tls.CertRequest: its secret outputs are 'privateKeyPem'; allowed: 'certRequestPem, privateKeyPem'")]
    public void A_secret_that_a_schema_gains_or_loses_is_found(string resource, string property, string expected)
    {
        var packages = OfficialSchemas.Read()
            .Select(package => package with { Resources = [.. package.Resources.Select(candidate => candidate.Token == resource ? Turned(candidate) : candidate)] });

        Assert.Contains(expected, SecrecyChecker.Check(packages, Subset).Select(finding => finding.ToString()));

        SchemaResource Turned(SchemaResource candidate) => candidate with { Inputs = [.. candidate.Inputs.Select(Turn)], Outputs = [.. candidate.Outputs.Select(Turn)] };
        SchemaProperty Turn(SchemaProperty candidate) => candidate.Name == property ? candidate with { Secret = !candidate.Secret } : candidate;
    }

    [Fact]
    public void An_output_that_a_schema_no_longer_promises_is_found()
    {
        var packages = OfficialSchemas.Read()
            .Select(package => package with { Resources = [.. package.Resources.Select(resource => resource.Token == "aws:ec2/vpc:Vpc" ? resource with { Outputs = [.. resource.Outputs.Select(Turn)] } : resource)] });

        Assert.Equal(
            "Pulumi.Aws.Ec2.Vpc.Arn: its value is never null; allowed: may be null",
            Assert.Single(new SurfaceChecker(new ExpectedSurface(packages)).Check(Subset)).ToString());

        static SchemaProperty Turn(SchemaProperty output) => output.Name == "arn" ? output with { Required = false } : output;
    }

    private static IReadOnlyList<Finding> Check(Type planted)
        => new SurfaceChecker(new ExpectedSurface([SchemaReader.Read(SmallSchema.Json)])).Check([planted]);

    /// <summary>A class of arguments made at run time, as a hand might add it to the subset.</summary>
    private static Type Plant(string fullName, bool required, params (string Name, string WireName)[] properties)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Planted"), AssemblyBuilderAccess.Run).DefineDynamicModule("Planted");
        var type = module.DefineType(fullName, TypeAttributes.Public | TypeAttributes.Class, typeof(ResourceArgs));
        var attribute = typeof(InputAttribute).GetConstructor([typeof(string), typeof(bool), typeof(bool)])!;
        foreach (var (name, wireName) in properties)
        {
            var property = type.DefineProperty(name, PropertyAttributes.None, typeof(Input<string>), null);
            var getter = type.DefineMethod($"get_{name}", MethodAttributes.Public | MethodAttributes.SpecialName, typeof(Input<string>), Type.EmptyTypes);
            var body = getter.GetILGenerator();
            body.Emit(OpCodes.Ldnull);
            body.Emit(OpCodes.Ret);
            property.SetGetMethod(getter);
            property.SetCustomAttribute(new CustomAttributeBuilder(attribute, [wireName, required, false]));
        }

        return type.CreateType();
    }
}
