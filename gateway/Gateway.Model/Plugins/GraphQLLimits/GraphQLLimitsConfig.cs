namespace Gateway.Model.Plugins.GraphQLLimits;

/// <summary>Our own <c>graphql-limits</c>: what a GraphQL request may ask for, whatever the server behind would do. Kong has no such plugin.</summary>
public sealed record GraphQLLimitsConfig
{
    /// <summary>Fields within fields, fragments counted where they are used; 1 to 100. The introspection query of common tools needs 15.</summary>
    public int MaxDepth { get; init; } = 15;

    /// <summary>Aliases of one operation, fragments counted wherever they are used; 0 to 100000.</summary>
    public int MaxAliases { get; init; } = 30;

    /// <summary>Directives of one operation, counted as aliases are; 0 to 100000.</summary>
    public int MaxDirectives { get; init; } = 50;

    /// <summary>Operations that one request may send as an array; 1 to 1000. An array of one is a batch of one.</summary>
    public int MaxBatchSize { get; init; } = 1;

    /// <summary>Characters of one query document, 1 to 1048576.</summary>
    public int MaxQueryLength { get; init; } = 20_000;

    /// <summary>Whether clients may ask for <c>__schema</c> and <c>__type</c>.</summary>
    public bool AllowIntrospection { get; init; }
}
