using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenTelemetry;

internal static partial class OpenTelemetryLog
{
    [LoggerMessage(4161, LogLevel.Error, "opentelemetry: {Host} refused spans for good with {Status}; those of {Requests} requests are dropped")]
    public static partial void Refused(ILogger logger, string host, int status, int requests);
}
