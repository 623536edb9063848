using System.Runtime.InteropServices;

namespace Gateway.Plugins.GraphQLLimits;

/// <summary>What a selection of fields amounts to.</summary>
/// <param name="Depth">Fields within fields.</param>
/// <param name="Introspects">Whether <c>__schema</c> or <c>__type</c> is among the fields.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QuerySize(int Depth, int Aliases, int Directives, bool Introspects)
{
    // Far above any limit; fragments of fragments may stand for more fields than there are numbers.
    private const int Most = 1_000_000_000;

    /// <summary>Both beside each other.</summary>
    public QuerySize And(QuerySize other) => new(
        Math.Max(Depth, other.Depth), Sum(Aliases, other.Aliases), Sum(Directives, other.Directives), Introspects || other.Introspects);

    /// <summary>As what a field contains.</summary>
    public QuerySize Within(bool hasAlias, int directives, bool introspects) => new(
        Sum(Depth, 1), Sum(Aliases, hasAlias ? 1 : 0), Sum(Directives, directives), Introspects || introspects);

    private static int Sum(int left, int right) => Math.Min(left + right, Most);
}
