using Gateway.DataPlane.Pipeline;
using GraphQLParser;
using GraphQLParser.AST;

namespace Gateway.Plugins.GraphQL;

/// <summary>
/// Sorts a document's fragments so that each comes after those that it spreads. Whatever is computed of them then takes time in proportion to the document, though
/// fragments that spread each other twice stand for exponentially many fields; and no chain of fragments, however long, needs a stack.
/// </summary>
internal static class FragmentOrder
{
    /// <summary>Null where a fragment is missing, stands twice or contains itself.</summary>
    public static IReadOnlyList<GraphQLFragmentDefinition>? Of(GraphQLDocument document, out GatewayResponse? refusal)
    {
        refusal = null;
        var fragments = new Dictionary<ROM, GraphQLFragmentDefinition>();
        foreach (var node in document.Definitions)
        {
            if (node is GraphQLFragmentDefinition fragment && !fragments.TryAdd(fragment.FragmentName.Name.Value, fragment))
            {
                refusal = GraphQLOperation.Invalid($"There can be only one fragment named \"{fragment.FragmentName.Name.StringValue}\"");
                return null;
            }
        }

        var spreads = new HashSet<ROM>();
        var waiting = new Dictionary<ROM, int>();
        var usedBy = new Dictionary<ROM, List<GraphQLFragmentDefinition>>();
        foreach (var node in document.Definitions)
        {
            if (node is not GraphQLExecutableDefinition definition)
            {
                continue;
            }

            spreads.Clear();
            Collect(definition.SelectionSet, spreads);
            foreach (var name in spreads)
            {
                if (!fragments.ContainsKey(name))
                {
                    refusal = GraphQLOperation.Invalid($"Unknown fragment \"{name}\"");
                    return null;
                }

                if (node is GraphQLFragmentDefinition user)
                {
                    (usedBy.TryGetValue(name, out var users) ? users : usedBy[name] = []).Add(user);
                }
            }

            if (node is GraphQLFragmentDefinition fragment)
            {
                waiting[fragment.FragmentName.Name.Value] = spreads.Count;
            }
        }

        var order = new List<GraphQLFragmentDefinition>(fragments.Count);
        order.AddRange(fragments.Where(entry => waiting[entry.Key] == 0).Select(entry => entry.Value));
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var user in usedBy.GetValueOrDefault(order[i].FragmentName.Name.Value, []))
            {
                if (--waiting[user.FragmentName.Name.Value] == 0)
                {
                    order.Add(user);
                }
            }
        }

        if (order.Count == fragments.Count)
        {
            return order;
        }

        refusal = GraphQLOperation.Invalid("Cannot spread a fragment within itself");
        return null;
    }

    private static void Collect(GraphQLSelectionSet? selections, HashSet<ROM> spreads)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLFragmentSpread spread:
                    spreads.Add(spread.FragmentName.Name.Value);
                    break;
                case GraphQLField field:
                    Collect(field.SelectionSet, spreads);
                    break;
                case GraphQLInlineFragment inline:
                    Collect(inline.SelectionSet, spreads);
                    break;
            }
        }
    }
}
