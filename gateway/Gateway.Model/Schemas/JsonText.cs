using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>Reads texts that a client wrote.</summary>
internal static class JsonText
{
    /// <summary>
    /// Null where the node is no text, or one that is not Unicode: JSON may escape half of a surrogate pair, which the parser takes and which throws when it is read.
    /// </summary>
    public static string? Of(JsonNode? node)
    {
        if (node is not JsonValue value || value.GetValueKind() is not JsonValueKind.String)
        {
            return null;
        }

        string text;
        try
        {
            text = value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) is not OperationStatus.Done)
            {
                return null;
            }

            rest = rest[consumed..];
        }

        return text;
    }
}
