using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

internal static partial class SchemaLog
{
    [LoggerMessage(4141, LogLevel.Warning, "graphql-rate-limiting-advanced: service {Service} at {Host} did not say its schema")]
    public static partial void NotKnown(ILogger logger, Guid service, string host, Exception failure);
}
