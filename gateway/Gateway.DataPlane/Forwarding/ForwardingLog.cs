using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Forwarding;

internal static partial class ForwardingLog
{
    [LoggerMessage(3201, LogLevel.Warning, "Service {Service} at {Target}: {Outcome}, request {RequestId}")]
    public static partial void AttemptFailed(
        ILogger logger, string service, string target, TransportOutcome outcome, string requestId, Exception? failure);
}
