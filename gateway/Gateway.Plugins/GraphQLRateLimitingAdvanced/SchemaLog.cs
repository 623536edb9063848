using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

internal static partial class SchemaLog
{
    [LoggerMessage(4141, LogLevel.Warning, "graphql-rate-limiting-advanced: service {Service} at {Host} did not say its schema")]
    public static partial void NotKnown(ILogger logger, Guid service, string host, Exception failure);

    [LoggerMessage(4142, LogLevel.Information, "graphql-rate-limiting-advanced: service {Service} at {Host} did not say its schema to a client: {Status}")]
    public static partial void Denied(ILogger logger, Guid service, string host, int status);
}
