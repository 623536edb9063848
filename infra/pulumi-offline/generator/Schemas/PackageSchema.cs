using System.Collections.Frozen;

namespace Pulumi.Offline.Generator.Schemas;

/// <summary>A provider's schema.</summary>
internal sealed record PackageSchema(
    string Name,
    string Version,
    FrozenDictionary<string, string> Namespaces,
    SchemaResource Provider,
    IReadOnlyList<SchemaResource> Resources,
    IReadOnlyList<SchemaFunction> Functions,
    FrozenDictionary<string, SchemaObject> Objects,
    FrozenDictionary<string, SchemaEnumeration> Enumerations)
{
    /// <summary>Kubernetes lays its C# types out in its own way.</summary>
    public bool IsKubernetes => Name == "kubernetes";
}
