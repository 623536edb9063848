using System.Text.Json;

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>An open stage as it lies in its column.</summary>
internal static class StageJson
{
    public static StageRecord Read(string json) => JsonSerializer.Deserialize(json, StoreJson.Default.StageRecord)!;

    public static string Write(StageRecord stage) => JsonSerializer.Serialize(stage, StoreJson.Default.StageRecord);
}
