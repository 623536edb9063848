using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>
/// Kong's conventions for forms: <c>config.minute=5</c> is a nested field, <c>paths[]=/a&amp;paths[]=/b</c>, <c>paths[1]=/a</c> and a repeated name are arrays.
/// </summary>
internal static class FormFields
{
    private const int MaxIndex = 1024;

    /// <returns>False with what is wrong where two fields contradict each other.</returns>
    public static bool TryRead(IEnumerable<KeyValuePair<string, string>> fields, [NotNullWhen(true)] out JsonObject? body, [NotNullWhen(false)] out string? problem)
    {
        body = [];
        foreach (var (name, value) in fields)
        {
            if (!TryAdd(body, name, value))
            {
                problem = $"the form field {name} is malformed or contradicts another";
                body = null;
                return false;
            }
        }

        problem = null;
        return true;
    }

    private static bool TryAdd(JsonObject body, string name, string value)
    {
        var steps = name.Split('.');
        var holder = body;
        for (var i = 0; i < steps.Length - 1; i++)
        {
            if (steps[i].Length == 0 || steps[i].EndsWith(']'))
            {
                return false;
            }

            switch (holder[steps[i]])
            {
                case null:
                    var inner = new JsonObject();
                    holder[steps[i]] = inner;
                    holder = inner;
                    break;
                case JsonObject known:
                    holder = known;
                    break;
                default:
                    return false;
            }
        }

        var last = steps[^1];
        var bracket = last.EndsWith(']') ? last.IndexOf('[', StringComparison.Ordinal) : -1;
        if (last.Length == 0 || bracket == 0)
        {
            return false;
        }

        return bracket < 0 ? TryAddScalar(holder, last, value) : TryAddElement(holder, last[..bracket], last[(bracket + 1)..^1], value);
    }

    private static bool TryAddScalar(JsonObject holder, string field, string value)
    {
        switch (holder[field])
        {
            case null:
                holder[field] = value;
                return true;
            case JsonArray array:
                array.Add(value);
                return true;
            case JsonValue first:
                holder[field] = new JsonArray(first.DeepClone(), value);
                return true;
            default:
                return false;
        }
    }

    private static bool TryAddElement(JsonObject holder, string field, string index, string value)
    {
        if (holder[field] is null)
        {
            holder[field] = new JsonArray();
        }

        if (holder[field] is not JsonArray array)
        {
            return false;
        }

        if (index.Length == 0)
        {
            array.Add(value);
            return true;
        }

        // Lua counts from one.
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position is < 1 or > MaxIndex || position > array.Count + 1)
        {
            return false;
        }

        if (position == array.Count + 1)
        {
            array.Add(value);
        }
        else
        {
            array[position - 1] = value;
        }

        return true;
    }
}
