namespace Gateway.Model.Plugins.Degraphql;

/// <summary>One path and its query: Kong's entity <c>degraphql_routes</c>.</summary>
public sealed record DegraphqlRoute
{
    /// <summary>Behind the gateway's route, such as <c>/people/:id</c>: a segment that begins with a colon is a variable of the query.</summary>
    public required string Uri { get; init; }

    /// <summary>A GraphQL document with one operation, whose variables come from the path, the query string or a JSON body.</summary>
    public required string Query { get; init; }

    public IReadOnlyList<string> Methods { get; init; } = ["GET"];
}
