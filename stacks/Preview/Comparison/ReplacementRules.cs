using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hybrid.Infra.Changes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>Says which changes of a resource its provider cannot make in place.</summary>
internal static class ReplacementRules
{
    public static ImmutableArray<PropertyChange> Apply(ResourceDocument after, ImmutableArray<PropertyChange> changes)
    {
        var rules = (ChangeTable.Find(after.Type)?.ReplacedBy ?? []).AddRange(after.ReplaceOnChanges.Select(ReplaceRule.FromString));
        return [.. changes.Select(change => change with { Replaces = rules.Any(rule => Matches(rule, change)) })];
    }

    private static bool Matches(ReplaceRule rule, PropertyChange change)
    {
        // What holds the property appears or disappears, and the property with it.
        if (!PropertyComparison.IsAtOrIn(change.Path, rule.Path))
        {
            return PropertyComparison.IsAtOrIn(rule.Path, change.Path) && Inside(rule, change) is { } inner && Matches(rule, inner);
        }

        var isItself = string.Equals(PropertyComparison.WithoutIndexes(change.Path), rule.Path, StringComparison.Ordinal);
        return rule.When switch
        {
            ReplaceWhen.Changed => true,
            ReplaceWhen.AddedOrRemoved => isItself && (change.From is null || change.To is null),
            ReplaceWhen.Removed => isItself && change.To is null,
            ReplaceWhen.Disabled => isItself && IsTrue(change.From) && !IsTrue(change.To),
            ReplaceWhen.Lowered => isItself && IsLower(Text(change.From), Text(change.To)),
            _ => throw new InvalidOperationException($"{rule.When} is not known"),
        };
    }

    /// <summary>The rule's property in a change of what holds it; null where it is on neither side.</summary>
    private static PropertyChange? Inside(ReplaceRule rule, PropertyChange change)
    {
        var rest = rule.Path[PropertyComparison.WithoutIndexes(change.Path).Length..].TrimStart('.').Split('.');
        var (from, to) = (At(change.From, rest), At(change.To, rest));
        return JsonNode.DeepEquals(from, to) ? null : new PropertyChange(rule.Path, from, to);
    }

    private static JsonNode? At(JsonNode? node, string[] path) => path.Aggregate(node, (current, step) => (current as JsonObject)?[step]);

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.True;

    private static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;

    /// <summary>Compares the numbers in two versions: <c>OpenSearch_2.19</c> is lower than <c>OpenSearch_3.1</c>, and Redis comes before Valkey.</summary>
    private static bool IsLower(string? before, string? after)
    {
        if (before is null || after is null)
        {
            return false;
        }

        var (old, now) = (Numbers(before), Numbers(after));
        for (var i = 0; i < Math.Min(old.Length, now.Length); i++)
        {
            if (old[i] != now[i])
            {
                return now[i] < old[i];
            }
        }

        return old.IsEmpty && now.IsEmpty && string.CompareOrdinal(after, before) < 0;
    }

    private static ImmutableArray<int> Numbers(string version) =>
        [.. version.Split(['.', '_', '-', 'v']).Where(part => part.Length > 0 && part.All(char.IsAsciiDigit)).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
}
