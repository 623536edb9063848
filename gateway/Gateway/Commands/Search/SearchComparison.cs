using System.Text.Json.Nodes;

namespace Gateway.Commands.Search;

/// <summary>Whether what OpenSearch stores is what a file says, although the answer holds more: what OpenSearch notes itself, and defaults that nobody wrote.</summary>
internal static class SearchComparison
{
    /// <summary>What the security plugin and index state management write into what they were given.</summary>
    private static readonly HashSet<string> Noted = new(StringComparer.Ordinal)
    {
        "reserved", "hidden", "static", "policy_id", "last_updated_time", "schema_version", "user", "retry", "copy_alias",
    };

    public static bool Holds(JsonNode? stored, JsonNode? wanted) => (stored, wanted) switch
    {
        (JsonObject has, JsonObject wants) => wants.All(member => has.TryGetPropertyValue(member.Key, out var value) ? Holds(value, member.Value) : IsNothing(member.Value))
            && has.All(member => wants.ContainsKey(member.Key) || Noted.Contains(member.Key) || IsNothing(member.Value)),
        (JsonArray has, JsonArray wants) => has.Count == wants.Count
            && (IsOfTexts(wants) && IsOfTexts(has) ? Texts(has).SetEquals(Texts(wants)) : has.Zip(wants).All(pair => Holds(pair.First, pair.Second))),
        _ => JsonNode.DeepEquals(stored, wanted),
    };

    private static bool IsNothing(JsonNode? value) => value switch
    {
        null => true,
        JsonObject members => members.Count is 0,
        JsonArray items => items.Count is 0,
        JsonValue single => single.TryGetValue<bool>(out var flag) && !flag,
        _ => false,
    };

    // Permissions, patterns and backend roles are sets, which the security plugin answers in an order of its own.
    private static bool IsOfTexts(JsonArray items) => items.All(item => item is JsonValue value && value.TryGetValue<string>(out _));

    private static HashSet<string> Texts(JsonArray items) => items.Select(item => (string)item!).ToHashSet(StringComparer.Ordinal);
}
