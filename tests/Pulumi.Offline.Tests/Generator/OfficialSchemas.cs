using Pulumi.Offline.Generator.Schemas;

namespace Hybrid.PulumiOffline.Tests.Generator;

/// <summary>The providers' schemas, which are not part of the repository.</summary>
internal static class OfficialSchemas
{
    public static IReadOnlyList<PackageSchema> Read()
    {
        var directory = Environment.GetEnvironmentVariable("PULUMI_SCHEMAS");
        Assert.SkipUnless(Directory.Exists(directory), "PULUMI_SCHEMAS does not name the folder of aws.json, kubernetes.json and tls.json.");
        return SchemaReader.ReadAll(directory!);
    }
}
