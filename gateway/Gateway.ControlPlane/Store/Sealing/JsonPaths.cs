using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>Reads and writes a value by dotted path; a number is an index where the parent is an array.</summary>
internal static class JsonPaths
{
    /// <summary>Null where the path leads nowhere or to null.</summary>
    public static JsonNode? Find(JsonObject root, string path)
    {
        JsonNode? node = root;
        foreach (var step in path.Split('.'))
        {
            node = Step(node, step);
        }

        return node;
    }

    /// <summary>Replaces the value by null and returns it.</summary>
    public static JsonNode? Take(JsonObject root, string path)
    {
        var value = Find(root, path);
        if (value is not null)
        {
            value = value.DeepClone();
            Put(root, path, null);
        }

        return value;
    }

    /// <summary>Sets the value; the parents must be there.</summary>
    public static void Put(JsonObject root, string path, JsonNode? value)
    {
        var end = path.LastIndexOf('.');
        var parent = end < 0 ? root : Find(root, path[..end]);
        var last = path[(end + 1)..];
        switch (parent)
        {
            case JsonObject holder:
                holder[last] = value;
                break;
            case JsonArray array when int.TryParse(last, out var index) && index < array.Count:
                array[index] = value;
                break;
            default:
                throw new InvalidOperationException($"{path}: there is nothing to hold the value");
        }
    }

    private static JsonNode? Step(JsonNode? node, string step) => node switch
    {
        JsonObject holder => holder[step],
        JsonArray array when int.TryParse(step, out var index) && index < array.Count => array[index],
        _ => null,
    };
}
