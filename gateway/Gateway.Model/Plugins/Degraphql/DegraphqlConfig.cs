namespace Gateway.Model.Plugins.Degraphql;

/// <summary>Kong's <c>degraphql</c>: a REST API before a GraphQL server.</summary>
public sealed record DegraphqlConfig
{
    /// <summary>Where the GraphQL server is, below the service's own path.</summary>
    public string GraphqlServerPath { get; init; } = "/graphql";

    /// <summary>Ours: the paths and their queries, which are entities of their own in Kong. The first that matches counts.</summary>
    public IReadOnlyList<DegraphqlRoute> Routes { get; init; } = [];
}
