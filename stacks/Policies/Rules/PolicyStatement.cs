using System.Collections.Immutable;
using System.Text.Json;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>One statement of a policy document among a resource's inputs.</summary>
/// <param name="Property">The input that holds the document.</param>
/// <param name="Principals">As <c>Service:NAME</c>, <c>AWS:ARN</c>, or * alone.</param>
/// <param name="Conditions">By operator and key, such as <c>StringEquals aws:SourceAccount</c>.</param>
/// <param name="Negations">Those of NotAction, NotResource and NotPrincipal that it uses.</param>
internal sealed record PolicyStatement(
    string Property,
    string Sid,
    bool Allows,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Resources,
    ImmutableArray<string> Principals,
    ImmutableSortedDictionary<string, string> Conditions,
    ImmutableArray<string> Negations)
{
    private static readonly ImmutableArray<string> Properties = ["policy", "assumeRolePolicy", "accessPolicies", "policyDocument"];

    private static readonly ImmutableArray<string> NegatedNames = ["NotAction", "NotResource", "NotPrincipal"];

    public string Path => $"{Property}.{Sid}";

    public bool AllowsEverything => Actions.Contains("*", StringComparer.Ordinal);

    public bool IsOnEverything => Resources.Contains("*", StringComparer.Ordinal);

    /// <summary>What a role or resource allows; documents of another kind, such as a registry's lifecycle policy, hold no statements.</summary>
    public static IEnumerable<PolicyStatement> Of(Subject subject) => Properties.SelectMany(property => Read(property, subject[property].Text)).Where(statement => statement.Allows);

    public bool HasCondition(string key) => Conditions.Keys.Any(condition => condition.EndsWith($" {key}", StringComparison.OrdinalIgnoreCase));

    /// <param name="service">Such as ec2.amazonaws.com.</param>
    public bool IsFor(string service) => Principals.Contains($"Service:{service}", StringComparer.Ordinal);

    private static IEnumerable<PolicyStatement> Read(string property, string? text)
    {
        if (text is null || !text.Contains("\"Statement\"", StringComparison.Ordinal))
        {
            return [];
        }

        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("Statement").EnumerateArray().Select((statement, index) => Read(property, index, statement))];
    }

    private static PolicyStatement Read(string property, int index, JsonElement statement) => new(
        property,
        statement.TryGetProperty(nameof(Sid), out var sid) ? sid.GetString()! : $"[{index}]",
        statement.GetProperty("Effect").GetString() is "Allow",
        Texts(statement, "Action"),
        Texts(statement, "Resource"),
        Principal(statement),
        Condition(statement),
        [.. NegatedNames.Where(name => statement.TryGetProperty(name, out _))]);

    private static ImmutableArray<string> Principal(JsonElement statement) => !statement.TryGetProperty("Principal", out var principal) ? []
        : principal.ValueKind is JsonValueKind.String ? [principal.GetString()!]
        : [.. principal.EnumerateObject().SelectMany(kind => Texts(kind.Value).Select(name => $"{kind.Name}:{name}"))];

    private static ImmutableSortedDictionary<string, string> Condition(JsonElement statement) => !statement.TryGetProperty("Condition", out var condition)
        ? ImmutableSortedDictionary<string, string>.Empty
        : condition.EnumerateObject()
            .SelectMany(operation => operation.Value.EnumerateObject().Select(key => ($"{operation.Name} {key.Name}", string.Join(',', Texts(key.Value)))))
            .ToImmutableSortedDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    private static ImmutableArray<string> Texts(JsonElement statement, string name) => statement.TryGetProperty(name, out var value) ? Texts(value) : [];

    private static ImmutableArray<string> Texts(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ToString())] : [value.ToString()];
}
