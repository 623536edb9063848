using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Gateway.Model.Configuration;

/// <summary>
/// The one form in which an entity is hashed, stored and sent: UTF-8 JSON, keys in ordinal order, no white space, null kept, whole numbers without fraction or
/// exponent, other numbers in their shortest round-trip form. Part of the wire protocol.
/// </summary>
public static class CanonicalForm
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, node);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static JsonObject Read(ReadOnlySpan<byte> canonical) => JsonNode.Parse(canonical)!.AsObject();

    /// <summary>The typed entity, such as <c>CanonicalForm.Read(bytes, ModelJson.Default.Route)</c>.</summary>
    public static T Read<T>(ReadOnlySpan<byte> canonical, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(canonical, type)!;

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            case var value when value.GetValueKind() is JsonValueKind.Number:
                WriteNumber(writer, value.ToJsonString());
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            writer.WriteNumberValue(whole);
            return;
        }

        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (Math.Floor(number) == number && Math.Abs(number) < 1L << 53)
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}
