namespace Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>What a field of the schema costs: Kong's entity <c>graphql_ratelimiting_advanced_cost_decoration</c>.</summary>
public sealed record GraphQLCost
{
    /// <summary>Type and field, such as <c>Query.allPeople</c>. Of an interface it counts for the types that implement it, and the other way round.</summary>
    public required string TypePath { get; init; }

    /// <summary>What the field itself costs.</summary>
    public double AddConstant { get; init; } = 1;

    /// <summary>Arguments whose values are added to that.</summary>
    public IReadOnlyList<string> AddArguments { get; init; } = [];

    /// <summary>What multiplies the cost of all that the field contains.</summary>
    public double MulConstant { get; init; } = 1;

    /// <summary>Arguments whose values multiply that too, such as <c>first</c>.</summary>
    public IReadOnlyList<string> MulArguments { get; init; } = [];
}
