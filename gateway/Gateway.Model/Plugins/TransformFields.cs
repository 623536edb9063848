using System.Text.Json.Nodes;
using Gateway.Model.Schemas;
using Gateway.Model.Templates;

namespace Gateway.Model.Plugins;

/// <summary>The fields of both transformers: lists of names, and of names with values behind a colon.</summary>
internal static class TransformFields
{
    public static FieldSchema Names(string name, bool areHeaders = false) =>
        Field.List(name, Field.Text("name") with { Check = areHeaders ? value => HeaderProblem(NameOf(value)) : null }, []);

    /// <summary><c>name:value</c>.</summary>
    public static FieldSchema Pairs(string name, bool areHeaders = false, bool areTemplates = false) =>
        Field.List(name, Field.Text("pair") with { Check = value => PairProblem(value.GetValue<string>(), areHeaders, areTemplates) }, []);

    public static string? TemplateProblem(JsonNode value) => Template.TryParse(value.GetValue<string>(), out _, out var problem) ? null : problem;

    private static string? PairProblem(string pair, bool isHeader, bool isTemplate)
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 1 ? $"invalid value: {pair} (expected name:value)"
            : isHeader && HeaderProblem(pair[..colon]) is { } name ? name
            : isTemplate && !Template.TryParse(pair[(colon + 1)..], out _, out var problem) ? problem
            : null;
    }

    private static string? HeaderProblem(string name) => Texts.HeaderNameProblem(name) is null ? null : $"'{name}' is not a valid header";

    private static string NameOf(JsonNode value)
    {
        var text = value.GetValue<string>();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? text : text[..colon];
    }
}
