using Pulumi.Offline.Generator.Schemas;

namespace Hybrid.PulumiOffline.Tests.Generator;

/// <summary>The providers' schemas.</summary>
internal static class OfficialSchemas
{
    public static IReadOnlyList<PackageSchema> Read() => SchemaReader.ReadAll(Repository.PathOf("infra", "pulumi-offline", "schemas"));
}
