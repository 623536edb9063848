using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>Finds the properties in which two values differ, as deep as they have a structure in common.</summary>
internal static class PropertyComparison
{
    public static ImmutableArray<PropertyChange> Of(ResourceDocument before, ResourceDocument after)
    {
        var changes = Of(before.Inputs, after.Inputs);

        // Masked on both sides, so that only the digests tell.
        var secrets = after.Secrets
            .Where(secret => before.Secrets.TryGetValue(secret.Key, out var digest) && !string.Equals(digest, secret.Value, StringComparison.Ordinal))
            .Select(secret => new PropertyChange(secret.Key, SecretMask.Masked, SecretMask.Masked));
        return [.. changes
            .Concat(secrets)
            .Where(change => !after.IgnoreChanges.Any(ignored => IsAtOrIn(change.Path, ignored)))
            .OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    public static ImmutableArray<PropertyChange> Of(JsonObject before, JsonObject after)
    {
        var changes = ImmutableArray.CreateBuilder<PropertyChange>();
        Compare("", before, after, changes);
        return changes.ToImmutable();
    }

    /// <summary>Whether a path is another one or below it; indexes do not count.</summary>
    public static bool IsAtOrIn(string path, string other)
    {
        var plain = WithoutIndexes(path);
        var plainOther = WithoutIndexes(other);
        return plain.StartsWith(plainOther, StringComparison.Ordinal) && (plain.Length == plainOther.Length || plain[plainOther.Length] is '.' or '[');
    }

    public static string WithoutIndexes(string path)
    {
        var plain = new System.Text.StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] is '[' && i + 1 < path.Length && (char.IsAsciiDigit(path[i + 1]) || path[i + 1] is '*'))
            {
                i = path.IndexOf(']', i);
                continue;
            }

            plain.Append(path[i]);
        }

        return plain.ToString();
    }

    /// <summary>A policy document is a text of JSON: what changes in it is what a reader wants to know.</summary>
    public static JsonNode? Structured(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text) || !text.StartsWith('{'))
        {
            return node;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A text that only looks like it.
            return node;
        }
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, ImmutableArray<PropertyChange>.Builder changes)
    {
        switch (Structured(before), Structured(after))
        {
            case (JsonObject old, JsonObject now):
                foreach (var key in old.Select(item => item.Key).Union(now.Select(item => item.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
                {
                    Compare(PropertyPath.Append(path, key), old[key], now[key], changes);
                }

                break;

            // A list of objects has an order that means something to a reader; one of texts is shown as a whole.
            case (JsonArray old, JsonArray now) when old.Concat(now).All(item => item is JsonObject):
                for (var i = 0; i < Math.Max(old.Count, now.Count); i++)
                {
                    Compare(PropertyPath.Append(path, i), i < old.Count ? old[i] : null, i < now.Count ? now[i] : null, changes);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(before, after))
                {
                    changes.Add(new PropertyChange(path, before, after));
                }

                break;
        }
    }
}
