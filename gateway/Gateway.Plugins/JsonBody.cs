using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Plugins;

/// <summary>Reads a body whose top-level members are to be changed.</summary>
internal static class JsonBody
{
    /// <summary>Null where it is no JSON object. Of two members with one name the last counts, so that none escapes a change.</summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var members = new JsonObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                members[member.Name] = JsonSerializer.SerializeToNode(member.Value);
            }

            return members;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
