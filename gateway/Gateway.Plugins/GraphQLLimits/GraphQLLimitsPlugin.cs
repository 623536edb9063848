using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.GraphQLLimits;
using Gateway.Plugins.GraphQL;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.GraphQLLimits;

/// <summary>Our <c>graphql-limits</c>: refuses queries that are too deep, too long, or ask for too much in one request. What cannot be understood is refused too.</summary>
internal sealed class GraphQLLimitsPlugin(GraphQLLimitsConfig config) : PluginInstance(new PluginPhases { Access = PhaseMode.Offloaded })
{
    private static readonly GatewayResponse Introspection =
        GraphQLErrors.Answer(StatusCodes.Status400BadRequest, "GraphQL introspection is not allowed", "INTROSPECTION_DISABLED");

    public override async ValueTask<GatewayResponse?> AccessAsync(RequestContext context)
    {
        var reading = await GraphQLReader.ReadAsync(context);
        if (reading.Refusal is not null)
        {
            return reading.Refusal;
        }

        if (reading.Calls.Count > config.MaxBatchSize)
        {
            return TooMuch("Batch size", reading.Calls.Count, config.MaxBatchSize, "MAX_BATCH_SIZE_EXCEEDED");
        }

        for (var i = 0; i < reading.Calls.Count; i++)
        {
            if (Check(reading.Calls[i]) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private GatewayResponse? Check(GraphQLCall call)
    {
        if (call.Query.Length > config.MaxQueryLength)
        {
            return TooMuch("Query length", call.Query.Length, config.MaxQueryLength, "MAX_QUERY_LENGTH_EXCEEDED");
        }

        if (GraphQLOperation.Parse(call, out var refusal) is not { } operation)
        {
            return refusal;
        }

        var size = QueryMeasure.Of(operation);
        return size.Introspects && !config.AllowIntrospection ? Introspection
            : size.Depth > config.MaxDepth ? TooMuch("Query depth", size.Depth, config.MaxDepth, "MAX_DEPTH_EXCEEDED")
            : size.Aliases > config.MaxAliases ? TooMuch("Number of aliases", size.Aliases, config.MaxAliases, "MAX_ALIASES_EXCEEDED")
            : size.Directives > config.MaxDirectives ? TooMuch("Number of directives", size.Directives, config.MaxDirectives, "MAX_DIRECTIVES_EXCEEDED")
            : null;
    }

    private static GatewayResponse TooMuch(string what, int value, int limit, string code) =>
        GraphQLErrors.Answer(StatusCodes.Status400BadRequest, $"{what} of {value} exceeds the limit of {limit}", code);
}
