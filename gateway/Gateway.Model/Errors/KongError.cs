using System.Text.Json.Nodes;

namespace Gateway.Model.Errors;

/// <summary>Errors as Kong's Admin API writes them.</summary>
public static class KongError
{
    private const int SchemaViolationCode = 2;

    /// <summary><c>{"name": "schema violation", "code": 2, "message": …, "fields": …}</c></summary>
    public static JsonObject SchemaViolation(IReadOnlyList<ModelError> errors) => new()
    {
        ["message"] = Message(errors),
        ["name"] = "schema violation",
        ["code"] = SchemaViolationCode,
        ["fields"] = Fields(errors),
    };

    /// <summary><c>schema violation (host: required field missing)</c>, or <c>2 schema violations (…; …)</c>.</summary>
    public static string Message(IReadOnlyList<ModelError> errors)
    {
        var list = string.Join("; ", errors);
        return errors.Count == 1 ? $"schema violation ({list})" : $"{errors.Count} schema violations ({list})";
    }

    /// <summary>The errors as a tree in the shape of the input: records as objects, arrays as arrays with null for what is right.</summary>
    public static JsonObject Fields(IReadOnlyList<ModelError> errors)
    {
        var root = new JsonObject();
        foreach (var error in errors)
        {
            Put(root, Steps(error.Field), error.Allowed is null ? error.Problem : $"{error.Problem} (allowed: {error.Allowed})");
        }

        return root;
    }

    private static List<string> Steps(string path) => [.. path.Replace("[", ".[", StringComparison.Ordinal).Split('.')];

    private static void Put(JsonObject root, List<string> steps, string text)
    {
        JsonNode node = root;
        for (var i = 0; i < steps.Count; i++)
        {
            var next = i + 1 < steps.Count ? steps[i + 1] : null;
            var present = Get(node, steps[i]);
            JsonNode child = next is null
                ? present is JsonValue earlier ? $"{earlier}; {text}" : JsonValue.Create(text)
                : present is JsonObject or JsonArray ? present : next[0] == '[' ? new JsonArray() : new JsonObject();
            if (!ReferenceEquals(child, present))
            {
                Set(node, steps[i], child);
            }

            node = child;
        }
    }

    private static JsonNode? Get(JsonNode parent, string step) => parent switch
    {
        JsonObject holder => holder[step],
        JsonArray array when Index(step) is var index && index < array.Count => array[index],
        _ => null,
    };

    private static void Set(JsonNode parent, string step, JsonNode child)
    {
        if (parent is JsonArray array)
        {
            while (array.Count <= Index(step))
            {
                array.Add(null);
            }

            array[Index(step)] = child;
        }
        else
        {
            parent.AsObject()[step] = child;
        }
    }

    private static int Index(string step) => int.Parse(step.AsSpan(1, step.Length - 2), System.Globalization.CultureInfo.InvariantCulture);
}
