using System.Runtime.InteropServices;
using Gateway.Plugins.GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace Gateway.Plugins.GraphQLLimits;

/// <summary>Measures an operation as it would be run, each fragment in every place that spreads it, in time that grows with the document alone.</summary>
internal static class QueryMeasure
{
    public static QuerySize Of(GraphQLOperation operation)
    {
        Dictionary<ROM, QuerySize>? known = null;
        foreach (var fragment in operation.Fragments)
        {
            known ??= [];
            known[fragment.FragmentName.Name.Value] = Of(fragment.SelectionSet, known).And(Directives(fragment.Directives));
        }

        return Of(operation.Definition.SelectionSet, known).And(Directives(operation.Definition.Directives));
    }

    private static QuerySize Of(GraphQLSelectionSet? set, Dictionary<ROM, QuerySize>? known)
    {
        var size = default(QuerySize);
        if (set is null)
        {
            return size;
        }

        foreach (var selection in CollectionsMarshal.AsSpan(set.Selections))
        {
            size = size.And(selection switch
            {
                GraphQLField field => Of(field.SelectionSet, known).Within(field.Alias is not null, field.Directives?.Count ?? 0, Introspects(field.Name.Value)),
                GraphQLInlineFragment inline => Of(inline.SelectionSet, known).And(Directives(inline.Directives)),
                GraphQLFragmentSpread spread => known![spread.FragmentName.Name.Value].And(Directives(spread.Directives)),
                _ => default,
            });
        }

        return size;
    }

    private static QuerySize Directives(GraphQLDirectives? directives) => new(0, 0, directives?.Count ?? 0, Introspects: false);

    // __typename says nothing of the schema but the name of what the client asked for.
    private static bool Introspects(ROM name) => name == "__schema" || name == "__type";
}
