using System.Text.Json;

namespace Gateway.Model.JsonSchemas;

/// <summary>Whether two values are the same to JSON Schema: 1 and 1.0 are, and members have no order.</summary>
internal static class JsonEquality
{
    public static bool AreEqual(JsonElement left, JsonElement right) => left.ValueKind == right.ValueKind && left.ValueKind switch
    {
        JsonValueKind.Number => left.GetDouble().Equals(right.GetDouble()),
        JsonValueKind.String => left.ValueEquals(right.GetString()),
        JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second)),
        JsonValueKind.Object => left.GetPropertyCount() == right.GetPropertyCount()
            && left.EnumerateObject().All(member => right.TryGetProperty(member.Name, out var other) && AreEqual(member.Value, other)),
        _ => true,
    };
}
