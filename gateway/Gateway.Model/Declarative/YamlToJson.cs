using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gateway.Model.Declarative;

/// <summary>Reads YAML by its core schema (1.2), of which JSON is a part: plain scalars may be null, booleans and numbers, quoted ones are texts.</summary>
internal static class YamlToJson
{
    private const int DeepestNesting = 64;

    /// <summary>A bound on what anchors may multiply to.</summary>
    private const int MostNodes = 5_000_000;

    /// <param name="environment">What <c>${{ env … }}</c> refers to; null where that is no more than text.</param>
    /// <exception cref="FormatException">The text is not one YAML document, or a reference can't be resolved; the message says where.</exception>
    public static JsonNode? Read(string text, EnvironmentReferences? environment = null)
    {
        var marked = environment?.Mark(text) ?? text;
        var references = ReferenceEquals(marked, text) ? null : environment;
        text = marked;
        if (references is null && text.AsSpan().TrimStart() is ['{', ..] && !text.Contains(@"\ud", StringComparison.OrdinalIgnoreCase) && TryReadJson(text) is { } json)
        {
            return json;
        }

        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException problem)
        {
            throw new FormatException($"line {problem.Start.Line}, column {problem.Start.Column}: {problem.Message}", problem);
        }

        var nodes = 0;
        return stream.Documents.Count switch
        {
            0 => null,
            1 => Convert(stream.Documents[0].RootNode, references, 0, ref nodes),
            _ => throw new FormatException("more than one YAML document"),
        };
    }

    // Many times faster than YAML for the same file. What is not JSON may still be YAML, and the reader of that says what is wrong: also with halves of
    // surrogate pairs, which the reader of JSON lets pass and throws at later.
    private static JsonNode? TryReadJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = DeepestNesting });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Convert(YamlNode node, EnvironmentReferences? references, int depth, ref int nodes)
    {
        if (depth > DeepestNesting || ++nodes > MostNodes)
        {
            throw new FormatException(depth > DeepestNesting ? $"nested deeper than {DeepestNesting}" : $"more than {MostNodes} nodes");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children.Where(child => !IsMerge(child.Key)))
                {
                    var name = (key as YamlScalarNode)?.Value ?? throw new FormatException($"line {key.Start.Line}: a key must be a text");
                    members[references?.Resolve(name, key.Start.Line) ?? name] = Convert(value, references, depth + 1, ref nodes);
                }

                foreach (var (_, merged) in mapping.Children.Where(child => IsMerge(child.Key)))
                {
                    Merge(members, merged, references, depth + 1, ref nodes);
                }

                return members;
            case YamlSequenceNode sequence:
                var elements = new JsonArray();
                foreach (var element in sequence.Children)
                {
                    elements.Add(Convert(element, references, depth + 1, ref nodes));
                }

                return elements;
            default:
                return Scalar((YamlScalarNode)node, references);
        }
    }

    // `<<: *anchor`, or a list of them: the mapping's own keys win, then the earlier of the merged ones.
    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Style: ScalarStyle.Plain, Value: "<<" };

    private static void Merge(JsonObject members, YamlNode merged, EnvironmentReferences? references, int depth, ref int nodes)
    {
        foreach (var source in merged is YamlSequenceNode list ? list.Children : [merged])
        {
            if (source is not YamlMappingNode || Convert(source, references, depth, ref nodes) is not JsonObject inherited)
            {
                throw new FormatException($"line {source.Start.Line}: << merges a map, or a list of maps");
            }

            foreach (var name in inherited.Select(member => member.Key).Where(name => !members.ContainsKey(name)).ToList())
            {
                inherited.Remove(name, out var value);
                members[name] = value;
            }
        }
    }

    private static JsonNode? Scalar(YamlScalarNode scalar, EnvironmentReferences? references)
    {
        var text = scalar.Value ?? "";
        text = references?.Resolve(text, scalar.Start.Line) ?? text;
        return scalar.Style is ScalarStyle.Plain ? Plain(text) : text;
    }

    /// <summary>What a text without quotes stands for.</summary>
    internal static JsonNode? Plain(string text)
    {
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when IsNumber(text) => JsonNode.Parse(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)),
            _ => text,
        };
    }

    private static bool IsNumber(string text) =>
        (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
