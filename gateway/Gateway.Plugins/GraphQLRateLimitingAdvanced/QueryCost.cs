using System.Runtime.InteropServices;
using Gateway.Plugins.GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>
/// Kong's two ways to estimate what an operation costs. What a selection costs depends on its type alone, so that each fragment is looked at once: the time grows with the
/// document, not with what it stands for.
/// </summary>
/// <param name="quantifies">Kong's <c>node_quantifier</c>, rather than its <c>default</c>.</param>
internal sealed class QueryCost(CostModel model, GraphQLOperation operation, bool quantifies)
{
    /// <summary>What costs more costs this: no limit is higher, and sums stay finite.</summary>
    public const double Most = 1e12;

    private readonly ArgumentValues _arguments = new(operation);
    private readonly Dictionary<ROM, double> _fragments = [];

    public double Compute()
    {
        foreach (var fragment in operation.Fragments)
        {
            _fragments[fragment.FragmentName.Name.Value] = Of(fragment.SelectionSet, model.Find(fragment.TypeCondition.Type.Name.Value.Span));
        }

        var sum = Of(operation.Definition.SelectionSet, model.Root(operation.Type));

        // An operation costs 1 itself; counted by nodes it costs 1 at least.
        return quantifies ? Math.Max(1, sum) : Math.Min(sum + 1, Most);
    }

    private double Of(GraphQLSelectionSet? set, CostedType? type)
    {
        var sum = 0.0;
        if (set is null)
        {
            return sum;
        }

        foreach (var selection in CollectionsMarshal.AsSpan(set.Selections))
        {
            sum += selection switch
            {
                GraphQLField field => Of(field, type?.Find(field.Name.Value.Span)),
                GraphQLInlineFragment inline => Of(inline.SelectionSet, inline.TypeCondition is { } other ? model.Find(other.Type.Name.Value.Span) : type),
                GraphQLFragmentSpread spread => _fragments[spread.FragmentName.Name.Value],
                _ => 0,
            };
        }

        return Math.Min(sum, Most);
    }

    private double Of(GraphQLField field, CostedField? known)
    {
        var inner = Of(field.SelectionSet, known?.Type);
        if (known?.Cost is not { } cost)
        {
            return quantifies ? inner : Math.Min(inner + 1, Most);
        }

        var added = cost.AddConstant;
        for (var i = 0; i < cost.AddArguments.Count; i++)
        {
            added += Math.Max(0, _arguments.Of(field, cost.AddArguments[i], known.Defaults) ?? 0);
        }

        var factor = cost.MulConstant;
        for (var i = 0; i < cost.MulArguments.Count; i++)
        {
            // At least 1: what a server makes of 0, of -1 or of nothing is its own affair.
            factor = Math.Min(factor * Math.Max(1, _arguments.Of(field, cost.MulArguments[i], known.Defaults) ?? 1), Most);
        }

        return Math.Min((inner * factor) + added, Most);
    }
}
