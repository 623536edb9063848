using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Tunnel.Cache;

/// <summary>What is remembered over starts. Holds nothing secret; where it is lost, the newest generation is simply tried first.</summary>
/// <param name="Starts">Starts since a configuration last served for a while, or the process last stopped in order.</param>
/// <param name="Good">The newest state that served for a while.</param>
internal sealed partial record StartMarks(int Starts, CachePosition? Good)
{
    public static StartMarks Read(byte[]? json)
    {
        try
        {
            return json is null ? new StartMarks(0, null) : JsonSerializer.Deserialize(json, Json.Default.StartMarks) ?? new StartMarks(0, null);
        }
        catch (JsonException)
        {
            return new StartMarks(0, null);
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Default.StartMarks);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(StartMarks))]
    private sealed partial class Json : JsonSerializerContext;
}
