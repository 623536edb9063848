using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Writes classes of arguments.</summary>
internal sealed class ArgsEmitter(PackageSchema package, TypeRenderer types)
{
    /// <summary>Arguments that may be outputs.</summary>
    /// <param name="asJson">Providers take everything but texts as JSON texts.</param>
    public void WriteInputs(CodeWriter writer, string name, IEnumerable<SchemaProperty> properties, TypeShape shape, string baseType = "ResourceArgs", bool asJson = false)
        => WriteClass(writer, name, baseType, () =>
        {
            foreach (var property in properties)
            {
                var attribute = Attribute(property, shape != TypeShape.State && property.Required, asJson && property.Type is not SchemaType.Text);
                WriteInput(writer, property, types.Input(property.Type, shape), attribute, shape);
            }
        });

    /// <summary>Plain arguments of a function.</summary>
    public void WriteFunctionArguments(CodeWriter writer, string name, IEnumerable<SchemaProperty> properties)
        => WriteClass(writer, name, "InvokeArgs", () =>
        {
            foreach (var property in properties)
            {
                var type = types.FunctionArgument(property.Type);
                var attribute = Attribute(property, property.Required, isJson: false);
                if (property.Type is SchemaType.List or SchemaType.Map)
                {
                    WriteCollection(writer, property, type, attribute, "value");
                }
                else
                {
                    WriteSimple(writer, property, type, attribute, property.Required);
                }
            }
        });

    private static string Attribute(SchemaProperty property, bool required, bool isJson)
        => $"[Input(\"{property.Name}\"{(required ? ", required: true" : "")}{(isJson ? ", json: true" : "")})]";

    private static void WriteInput(CodeWriter writer, SchemaProperty property, string type, string attribute, TypeShape shape)
    {
        var stored = property.Secret ? "global::Pulumi.Serialization.Secrets.Mark(value)" : "value";
        if (property.Type is SchemaType.List or SchemaType.Map)
        {
            WriteCollection(writer, property, type, attribute, stored);
        }
        else if (property.Secret)
        {
            var name = PackageNaming.Property(property);
            writer.Line($"{attribute} private {type}? {Field(property)};");
            writer.Line($"public {type}? {name} {{ get => {Field(property)}; set => {Field(property)} = {stored}; }}");
        }
        else
        {
            WriteSimple(writer, property, type, attribute, shape != TypeShape.State && property.Required);
        }
    }

    private static void WriteSimple(CodeWriter writer, SchemaProperty property, string type, string attribute, bool required)
    {
        var name = PackageNaming.Property(property);
        var isValue = type is "bool" or "int" or "double";
        writer.Line(required
            ? $"{attribute} public {type} {name} {{ get; set; }}{(isValue ? "" : " = null!;")}"
            : $"{attribute} public {type}? {name} {{ get; set; }}");
    }

    private static void WriteCollection(CodeWriter writer, SchemaProperty property, string type, string attribute, string stored)
    {
        var field = Field(property);
        writer.Line($"{attribute} private {type}? {field};");
        writer.Line($"public {type} {PackageNaming.Property(property)} {{ get => {field} ??= new {type}(); set => {field} = {stored}; }}");
    }

    private static string Field(SchemaProperty property) => $"_{property.Name.TrimStart('$')}";

    private void WriteClass(CodeWriter writer, string name, string baseType, Action body)
    {
        var modifier = package.IsKubernetes ? "" : "sealed ";
        writer.Block($"public {modifier}class {name} : global::Pulumi.{baseType}", () =>
        {
            body();
            writer.Line($"public static new {name} Empty => new {name}();");
        });
    }
}
