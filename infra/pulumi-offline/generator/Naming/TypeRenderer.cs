using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Naming;

/// <summary>Renders schema types as the C# types of properties.</summary>
internal sealed class TypeRenderer(PackageNaming naming)
{
    /// <summary>An argument that may be an output: <c>Input</c>, <c>InputList</c>, <c>InputMap</c>, <c>InputUnion</c>, <c>InputJson</c>.</summary>
    public string Input(SchemaType type, TypeShape shape) => type switch
    {
        SchemaType.List list => $"InputList<{Plain(list.Item, shape)}>",
        SchemaType.Map map => $"InputMap<{Plain(map.Item, shape)}>",
        SchemaType.Json => "InputJson",
        SchemaType.Union union => Union(union, shape, "InputUnion"),
        _ => $"Input<{Plain(type, shape)}>",
    };

    /// <summary>A plain argument of a function: its collections can be filled by an initializer.</summary>
    public string FunctionArgument(SchemaType type) => type switch
    {
        SchemaType.List list => $"global::System.Collections.Generic.List<{Plain(list.Item, TypeShape.FunctionInput)}>",
        SchemaType.Map map => $"global::System.Collections.Generic.Dictionary<string, {Plain(map.Item, TypeShape.FunctionInput)}>",
        _ => Plain(type, TypeShape.FunctionInput),
    };

    public string Plain(SchemaType type, TypeShape shape) => type switch
    {
        SchemaType.Text => "string",
        SchemaType.Boolean => "bool",
        SchemaType.Integer => "int",
        SchemaType.Number => "double",
        SchemaType.Any => "object",
        SchemaType.Json => "global::System.Text.Json.JsonElement",
        SchemaType.Asset => "AssetOrArchive",
        SchemaType.List list => $"ImmutableArray<{Plain(list.Item, shape)}>",
        SchemaType.Map map => $"ImmutableDictionary<string, {Plain(map.Item, shape)}>",
        SchemaType.Object reference => naming.Object(reference.Token, shape).Reference,
        SchemaType.Enumeration reference => naming.Enumeration(reference.Token).Reference,
        SchemaType.Union union => Union(union, shape, "Union"),
        _ => throw new InvalidOperationException($"{type} has no C# type"),
    };

    /// <summary>Whether an absent output is a null: an absent list is an empty one.</summary>
    public static bool IsNullable(SchemaType type) => type is not SchemaType.List;

    private string Union(SchemaType.Union union, TypeShape shape, string generic)
    {
        // A text that may be one of known values is read as a text.
        if (shape is TypeShape.Output or TypeShape.FunctionOutput && union.Alternatives.Any(alternative => alternative is SchemaType.Enumeration))
        {
            return "string";
        }

        var alternatives = union.Alternatives.Select(alternative => Plain(alternative, shape)).Distinct(StringComparer.Ordinal).ToList();
        return alternatives switch
        {
            [var only] => generic == "InputUnion" ? $"Input<{only}>" : only,
            [var first, var second] => $"{generic}<{first}, {second}>",
            _ => "object",
        };
    }
}
