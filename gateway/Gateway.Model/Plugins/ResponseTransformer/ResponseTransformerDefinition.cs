using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.ResponseTransformer;

internal static class ResponseTransformerDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<ResponseTransformerConfig>
    {
        Name = "response-transformer",
        Version = "1.0.0",
        Priority = 800,
        Fields =
        [
            Field.Record("remove", TransformFields.Names("json"), TransformFields.Names("headers", areHeaders: true)),
            Field.Record("rename", TransformFields.Pairs("json"), TransformFields.Pairs("headers", areHeaders: true)),
            Field.Record("replace", Values()),
            Field.Record("add", Values()),
            Field.Record("append", Values()),
        ],
    };

    private static FieldSchema[] Values() =>
    [
        TransformFields.Pairs("json"),
        Field.List("json_types", Field.Choice("type", null, "boolean", "number", "string"), []),
        TransformFields.Pairs("headers", areHeaders: true),
    ];
}
