using System.Text.Json.Nodes;
using Hybrid.Infra.Changes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <summary>
/// Follows replacements: what is replaced gets another id, so whatever holds the id changes too, in other stacks as well, and may have to be replaced in its turn;
/// and a replaced provider means that all it manages is elsewhere.
/// </summary>
internal sealed class ReplacementSpread(IReadOnlyList<MatchedResource> resources)
{
    /// <summary>Shorter ids could be part of anything.</summary>
    private const int ShortestId = 8;

    private const string Provider = "pulumi:providers:";

    public void Run()
    {
        var queue = new Queue<MatchedResource>(resources.Where(resource => resource.IsReplaced));
        var seen = queue.ToHashSet();
        while (queue.TryDequeue(out var replaced))
        {
            SpreadId(replaced);
            SpreadProvider(replaced);
            foreach (var next in resources.Where(resource => resource.IsReplaced && seen.Add(resource)))
            {
                queue.Enqueue(next);
            }
        }
    }

    private static IEnumerable<(string Path, string Text)> Texts(string path, JsonNode? node) => PropertyComparison.Structured(node) switch
    {
        JsonObject map => map.SelectMany(item => Texts(PropertyPath.Append(path, item.Key), item.Value)),
        JsonArray list => list.SelectMany((item, index) => Texts(PropertyPath.Append(path, index), item)),
        JsonValue value when value.TryGetValue<string>(out var text) => [(path, text)],
        _ => [],
    };

    private void SpreadId(MatchedResource replaced)
    {
        // An id that is the resource's own name stays what it is.
        if (replaced.After.Id is not { Length: >= ShortestId } id || Texts("", replaced.After.Inputs).Any(input => string.Equals(input.Text, id, StringComparison.Ordinal)))
        {
            return;
        }

        foreach (var follower in resources.Where(resource => resource != replaced))
        {
            foreach (var (path, text) in Texts("", follower.After.Inputs).Where(input => input.Text.Contains(id, StringComparison.Ordinal)))
            {
                follower.Follow(new PropertyChange(path, text, $"(known once {replaced.After.Name} is replaced)"));
            }
        }
    }

    private void SpreadProvider(MatchedResource replaced)
    {
        if (!replaced.After.Type.StartsWith(Provider, StringComparison.Ordinal))
        {
            return;
        }

        foreach (var managed in resources.Where(resource => IsManagedBy(resource, replaced) && ChangeTable.Find(resource.After.Type) is not { IsGlobal: true }))
        {
            managed.ReplaceBecause($"its provider {replaced.After.Name} is replaced");
        }
    }

    private static bool IsManagedBy(MatchedResource resource, MatchedResource provider) =>
        string.Equals(resource.Stack, provider.Stack, StringComparison.Ordinal)
        && string.Equals(resource.After.Provider, provider.After.Name, StringComparison.Ordinal)
        && resource.After.Type.StartsWith($"{provider.After.Type[Provider.Length..]}:", StringComparison.Ordinal);
}
