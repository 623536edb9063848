using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gateway.Model.Declarative;

/// <summary>Writes JSON as YAML that every reader, of 1.1 and 1.2, takes for the same: texts that could be something else stand in quotes.</summary>
public static class JsonToYaml
{
    // YAML 1.1 reads these as booleans and null.
    private static readonly HashSet<string> Words = new(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="], StringComparer.OrdinalIgnoreCase);

    public static string Write(JsonNode node)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(Convert(node))).Save(text, assignAnchors: false);

        // The mark of a document's end.
        var written = text.ToString();
        return written.EndsWith("...\n", StringComparison.Ordinal) ? written[..^4] : written;
    }

    private static YamlNode Convert(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var mapping = new YamlMappingNode { Style = members.Count == 0 ? YamlDotNet.Core.Events.MappingStyle.Flow : YamlDotNet.Core.Events.MappingStyle.Block };
                foreach (var (name, value) in members)
                {
                    mapping.Add(Text(name), Convert(value));
                }

                return mapping;
            case JsonArray elements:
                // A short list of plain values is read in one line.
                var isFlow = elements.All(element => element is not (JsonObject or JsonArray)) && elements.ToJsonString().Length <= 80;
                return new YamlSequenceNode(elements.Select(Convert)) { Style = isFlow ? YamlDotNet.Core.Events.SequenceStyle.Flow : YamlDotNet.Core.Events.SequenceStyle.Block };
            case null:
                return new YamlScalarNode("null") { Style = ScalarStyle.Plain };
            default:
                return node.GetValueKind() is JsonValueKind.String ? Text(node.GetValue<string>()) : new YamlScalarNode(node.ToJsonString()) { Style = ScalarStyle.Plain };
        }
    }

    private static YamlScalarNode Text(string text) => new(text)
    {
        Style = text.Length > 0 && text.Contains('\n', StringComparison.Ordinal) && IsBlock(text) ? ScalarStyle.Literal
            : IsPlain(text) ? ScalarStyle.Plain
            // Where quotes or backslashes would have to be escaped, as in a schema or an expression.
            : text.AsSpan().ContainsAny('"', '\\') && text.All(letter => letter is >= ' ' and <= '~') ? ScalarStyle.SingleQuoted
            : ScalarStyle.DoubleQuoted,
    };

    // PEM and the like: nothing at which readers of blocks differ.
    private static bool IsBlock(string text) =>
        text[0] is not (' ' or '\n') && text.All(letter => letter is '\n' or (>= ' ' and <= '~')) && !text.Contains(" \n", StringComparison.Ordinal) && !text.EndsWith("\n\n", StringComparison.Ordinal);

    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_') && text[^1] is not (' ' or ':')
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '/' or '-' or '_' or '.' or ':' or '~' or '+' or '@' or '(' or ')' or '$' or '^' or '<' or '>' or ';')
        && !text.Contains(": ", StringComparison.Ordinal) && !Words.Contains(text) && YamlToJson.Plain(text)?.GetValueKind() is JsonValueKind.String;
}
