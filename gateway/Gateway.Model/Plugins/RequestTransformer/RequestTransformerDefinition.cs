using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.RequestTransformer;

internal static class RequestTransformerDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<RequestTransformerConfig>
    {
        Name = "request-transformer",
        Version = "1.0.0",
        Priority = 801,
        Fields =
        [
            Field.Text("http_method") with { Check = value => Texts.MethodProblem(value.GetValue<string>().ToUpperInvariant()) },
            Field.Record("remove", TransformFields.Names("body"), TransformFields.Names("headers", areHeaders: true), TransformFields.Names("querystring")),
            Field.Record("rename", Pairs()),
            Field.Record("replace", [.. Pairs(), Field.Text("uri") with { Check = TransformFields.TemplateProblem }]),
            Field.Record("add", Pairs()),
            Field.Record("append", Pairs()),
        ],
    };

    private static FieldSchema[] Pairs() =>
    [
        TransformFields.Pairs("body", areTemplates: true),
        TransformFields.Pairs("headers", areHeaders: true, areTemplates: true),
        TransformFields.Pairs("querystring", areTemplates: true),
    ];
}
