using System.Text.Json.Nodes;

namespace Gateway.Commands.Search;

/// <summary>One kind of thing that a search domain keeps by name: where it is, and how OpenSearch's answer holds it.</summary>
/// <param name="Section">Its member in the setup file.</param>
/// <param name="Title">What people call one.</param>
/// <param name="Path">Of the REST API, before the name.</param>
internal sealed record SearchKind(string Section, string Title, string Path)
{
    /// <summary>In the order in which they are applied: rights before what needs them, the policy before the template whose first index it takes.</summary>
    public static IReadOnlyList<SearchKind> All { get; } =
    [
        new("roles", "role", "_plugins/_security/api/roles") { Read = ByName },
        new("role_mappings", "role mapping", "_plugins/_security/api/rolesmapping") { Read = ByName },
        new("policies", "lifecycle policy", "_plugins/_ism/policies") { Read = Policy, Wrap = body => new JsonObject { ["policy"] = body }, Revision = SequenceOf },
        new("index_templates", "index template", "_index_template") { Read = Template, Normalize = IndexSettings.Normalize },
    ];

    /// <summary>What is stored under a name, out of the answer to GET; null for an answer of another form.</summary>
    public required Func<JsonObject, string, JsonObject?> Read { get; init; }

    /// <summary>A definition as PUT takes it.</summary>
    public Func<JsonObject, JsonObject> Wrap { get; init; } = body => body;

    /// <summary>The query by which PUT replaces only what GET has shown; null where OpenSearch has none.</summary>
    public Func<JsonObject, string?> Revision { get; init; } = _ => null;

    /// <summary>One spelling for what OpenSearch spells in several ways.</summary>
    public Func<JsonObject, JsonObject> Normalize { get; init; } = body => body;

    private static JsonObject? ByName(JsonObject answer, string name) => answer[name] as JsonObject;

    private static JsonObject? Policy(JsonObject answer, string name) => answer["policy"] as JsonObject;

    private static JsonObject? Template(JsonObject answer, string name) =>
        (answer["index_templates"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(template => string.Equals((string?)template["name"], name, StringComparison.Ordinal))?["index_template"] as JsonObject;

    private static string? SequenceOf(JsonObject answer) =>
        answer["_seq_no"] is JsonValue sequence && answer["_primary_term"] is JsonValue term ? $"if_seq_no={sequence}&if_primary_term={term}" : null;
}
