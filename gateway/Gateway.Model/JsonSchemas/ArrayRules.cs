using System.Text.Json;

namespace Gateway.Model.JsonSchemas;

/// <summary>What is demanded of arrays.</summary>
internal sealed record ArrayRules
{
    /// <summary>Of every item.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>Of the item at each place; null where all have one schema.</summary>
    public IReadOnlyList<SchemaNode>? Places { get; init; }

    /// <summary>Of items beyond the places.</summary>
    public SchemaNode? AdditionalItems { get; init; }
    public bool ForbidsAdditional { get; init; }
    public int? MinItems { get; init; }
    public int? MaxItems { get; init; }
    public bool AreUnique { get; init; }

    public string? Problem(JsonElement value, bool coerce, int depth)
    {
        var count = value.GetArrayLength();
        if (count < MinItems || count > MaxItems)
        {
            return count < MinItems ? $"expect array to have at least {MinItems} items" : $"expect array to have at most {MaxItems} items";
        }

        if (ForbidsAdditional && count > Places?.Count)
        {
            return "additional items forbidden";
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var schema = Places is null ? Items : index < Places.Count ? Places[index] : AdditionalItems;
            if (schema?.Validate(item, coerce, depth + 1) is { } problem)
            {
                return $"failed to validate item {index + 1}: {problem}";
            }

            index++;
        }

        return AreUnique ? DuplicateProblem(value) : null;
    }

    private static string? DuplicateProblem(JsonElement value)
    {
        // By text first: comparing each with each would let a long array cost the square of its length.
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var index = 1;
        foreach (var item in value.EnumerateArray())
        {
            if (!seen.TryAdd(CanonicalText(item), index))
            {
                return $"expected unique items but items {seen[CanonicalText(item)]} and {index} are equal";
            }

            index++;
        }

        return null;
    }

    private static string CanonicalText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(CanonicalText))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{JsonSerializer.Serialize(member.Name)}:{CanonicalText(member.Value)}"))}}}",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };
}
