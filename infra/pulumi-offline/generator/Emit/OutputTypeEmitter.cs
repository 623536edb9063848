using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Writes the classes that outputs are converted to.</summary>
internal sealed class OutputTypeEmitter(PackageSchema package, TypeRenderer types)
{
    public void Write(CodeWriter writer, string name, IReadOnlyList<SchemaProperty> properties, TypeShape shape)
    {
        writer.Line("[OutputType]");
        writer.Block($"public sealed class {name}", () =>
        {
            foreach (var property in properties)
            {
                writer.Line($"public readonly {TypeOf(property, shape)} {PackageNaming.Property(property)};");
            }

            writer.Line();
            writer.Line("[OutputConstructor]");
            var parameters = properties.Select(property => $"{ParameterAttribute(property)}{TypeOf(property, shape)} {Parameter(property)}");
            writer.Block($"private {name}({string.Join(", ", parameters)})", () =>
            {
                foreach (var property in properties)
                {
                    writer.Line($"{PackageNaming.Property(property)} = {Parameter(property)};");
                }
            });
        });
    }

    private static string Parameter(SchemaProperty property) => $"@{property.Name.TrimStart('$')}";

    private static string ParameterAttribute(SchemaProperty property)
        => property.Name.StartsWith('$') ? $"[OutputConstructorParameter(\"{property.Name}\")] " : "";

    /// <summary>Kubernetes' outputs are never nullable, whatever its schema says of them.</summary>
    private string TypeOf(SchemaProperty property, TypeShape shape)
        => types.Plain(property.Type, shape) + (!property.Required && !package.IsKubernetes && TypeRenderer.IsNullable(property.Type) ? "?" : "");
}
