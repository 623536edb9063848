using System.Text.Json;

namespace Gateway.ControlPlane.Publication;

/// <summary>Labels as they lie in a column: a JSON object of strings.</summary>
internal static class LabelsJson
{
    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize(json, StoreJson.Default.DictionaryStringString)!;

    public static string Write(IReadOnlyDictionary<string, string> labels) =>
        JsonSerializer.Serialize(labels.OrderBy(label => label.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal), StoreJson.Default.DictionaryStringString);
}
