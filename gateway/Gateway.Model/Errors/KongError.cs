using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Model.Errors;

/// <summary>Errors as Kong's Admin API writes them.</summary>
public static partial class KongError
{
    private const int SchemaViolationCode = 2;
    private const int DeclarativeConfigurationCode = 14;

    // Bounds of the tree, since its shape follows names and positions that the client wrote. The message has everything.
    private const int MostErrors = 100;
    private const int MostPositions = 10_000;
    private const int MostSteps = 24;

    /// <summary><c>{"name": "schema violation", "code": 2, "message": …, "fields": …}</c></summary>
    public static JsonObject SchemaViolation(IReadOnlyList<ModelError> errors) => new()
    {
        ["message"] = Message(errors),
        ["name"] = "schema violation",
        ["code"] = SchemaViolationCode,
        ["fields"] = Fields(errors),
    };

    /// <summary><c>{"name": "invalid declarative configuration", "code": 14, "message": …, "fields": …}</c></summary>
    public static JsonObject DeclarativeConfiguration(IReadOnlyList<ModelError> errors) => new()
    {
        ["message"] = $"declarative config is invalid: {string.Join("; ", errors)}",
        ["name"] = "invalid declarative configuration",
        ["code"] = DeclarativeConfigurationCode,
        ["fields"] = Fields(errors),
    };

    /// <summary>
    /// <c>schema violation (host: required field missing)</c>, or <c>2 schema violations (…; …)</c>: what concerns the whole entity first and without a field, then
    /// by field; list positions count from one, as in Lua.
    /// </summary>
    public static string Message(IReadOnlyList<ModelError> errors)
    {
        var list = string.Join("; ", errors
            .OrderBy(error => error.Field is not ModelError.Entity)
            .ThenBy(error => error.Field.Split('.', '[')[0], StringComparer.Ordinal)
            .Select(error => error.Field is ModelError.Entity ? error.Text : $"{LuaPath(error.Field)}: {error.Text}"));
        return errors.Count == 1 ? $"schema violation ({list})" : $"{errors.Count} schema violations ({list})";
    }

    /// <summary>The errors as a tree in the shape of the input: records as objects, arrays as arrays with null for what is right.</summary>
    public static JsonObject Fields(IReadOnlyList<ModelError> errors)
    {
        var root = new JsonObject();
        foreach (var error in errors.Take(MostErrors))
        {
            if (error.Field is not ModelError.Entity)
            {
                Put(root, Steps(error.Field), error.Text);
            }
            else if (root[ModelError.Entity] is JsonArray earlier)
            {
                earlier.Add(error.Text);
            }
            else
            {
                root[ModelError.Entity] = new JsonArray(error.Text);
            }
        }

        return root;
    }

    private static string LuaPath(string field) => string.Join('.', Steps(field).Select(step => IsIndex(step) ? (Index(step) + 1).ToString(CultureInfo.InvariantCulture) : step));

    // Names come from the client, so anything may be in them: only [digits] at the end of a name is a position.
    private static List<string> Steps(string path)
    {
        var steps = new List<string>();
        foreach (var part in path.Split('.', MostSteps))
        {
            var positions = Positions().Match(part);
            steps.Add(part[..positions.Index]);
            steps.AddRange(positions.Groups["position"].Captures.Select(position => position.Value));
        }

        return steps;
    }

    private static void Put(JsonObject root, List<string> steps, string text)
    {
        if (steps.Any(step => IsIndex(step) && Index(step) >= MostPositions))
        {
            return;
        }

        JsonNode node = root;
        for (var i = 0; i < steps.Count - 1; i++)
        {
            node = Get(node, steps[i]) switch
            {
                JsonObject or JsonArray => Get(node, steps[i])!,
                JsonValue earlier => Set(node, steps[i], new JsonObject { [ModelError.Entity] = new JsonArray(earlier.DeepClone()) }),
                _ => Set(node, steps[i], IsIndex(steps[i + 1]) ? new JsonArray() : new JsonObject()),
            };
            if (node is JsonObject != !IsIndex(steps[i + 1]))
            {
                // The same name as a list and as a record: only a client that writes paths as names does that.
                return;
            }
        }

        switch (Get(node, steps[^1]))
        {
            case JsonObject whole:
                whole[ModelError.Entity] = new JsonArray(text);
                break;
            case JsonArray:
                break;
            case JsonValue earlier:
                Set(node, steps[^1], $"{earlier}; {text}");
                break;
            default:
                Set(node, steps[^1], text);
                break;
        }
    }

    private static JsonNode? Get(JsonNode parent, string step) => parent switch
    {
        JsonObject holder => holder[step],
        JsonArray array when Index(step) is var index && index < array.Count => array[index],
        _ => null,
    };

    private static JsonNode Set(JsonNode parent, string step, JsonNode child)
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

        return child;
    }

    private static bool IsIndex(string step) => step.StartsWith('[') && step.EndsWith(']') && step.Length is > 2 and < 10 && step.AsSpan(1, step.Length - 2).IndexOfAnyExceptInRange('0', '9') < 0;

    private static int Index(string step) => int.Parse(step.AsSpan(1, step.Length - 2), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<position>\[\d{1,7}\])*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Positions();
}
