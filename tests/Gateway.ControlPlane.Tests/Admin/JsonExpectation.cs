using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Tests.Admin;

/// <summary>
/// Compares what came with what a scenario expects: objects must hold what is named, arrays match element by element,
/// <c>"*"</c> is anything but null, <c>"absent"</c> is a field that is not there, and <c>"$name"</c> remembers a value or, once it is known, requires it.
/// </summary>
internal static class JsonExpectation
{
    public static void Check(JsonNode? expected, JsonNode? actual, string path, IDictionary<string, string> variables)
    {
        switch (expected)
        {
            case JsonObject fields:
                var holder = Assert.IsType<JsonObject>(actual);
                foreach (var (name, value) in fields)
                {
                    if (value is JsonValue text && text.TryGetValue<string>(out var word) && word == "absent")
                    {
                        Assert.False(holder.ContainsKey(name), $"{path}.{name} is there");
                        continue;
                    }

                    Assert.True(holder.ContainsKey(name), $"{path}.{name} is missing in {holder.ToJsonString()}");
                    Check(value, holder[name], $"{path}.{name}", variables);
                }

                break;
            case JsonArray elements:
                var array = Assert.IsType<JsonArray>(actual);
                Assert.True(elements.Count == array.Count, $"{path} has {array.Count} elements, not {elements.Count}: {array.ToJsonString()}");
                for (var i = 0; i < elements.Count; i++)
                {
                    Check(elements[i], array[i], $"{path}[{i}]", variables);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text == "*":
                Assert.True(actual is not null, $"{path} is null");
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$'):
                variables[text[1..]] = (string)actual!;
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path} is {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }
}
