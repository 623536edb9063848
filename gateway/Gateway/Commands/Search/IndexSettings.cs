using System.Text.Json.Nodes;

namespace Gateway.Commands.Search;

/// <summary>The settings of an index template: OpenSearch takes <c>number_of_shards: 1</c> and answers <c>index: { number_of_shards: "1" }</c>.</summary>
internal static class IndexSettings
{
    private const string Prefix = "index.";

    /// <returns>A copy with the settings as flat names below <c>index.</c> and texts.</returns>
    public static JsonObject Normalize(JsonObject template)
    {
        var copy = (JsonObject)template.DeepClone();
        if (copy["template"]?["settings"] is JsonObject settings)
        {
            var flat = new JsonObject();
            Flatten(settings, "", flat);
            copy["template"]!["settings"] = flat;
        }

        return copy;
    }

    private static void Flatten(JsonObject from, string path, JsonObject into)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject group)
            {
                Flatten(group, $"{path}{name}.", into);
                continue;
            }

            var full = path + name;
            into[full.StartsWith(Prefix, StringComparison.Ordinal) ? full : Prefix + full] = value is JsonValue single ? single.ToString() : value?.DeepClone();
        }
    }
}
