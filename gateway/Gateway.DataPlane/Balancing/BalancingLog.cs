using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Balancing;

internal static partial class BalancingLog
{
    [LoggerMessage(3301, LogLevel.Warning, "Upstream {Upstream}: target {Target} at {Address} is unhealthy by {Cause} and gets no requests")]
    public static partial void Unhealthy(ILogger logger, string upstream, string target, string address, string cause);

    [LoggerMessage(3302, LogLevel.Information, "Upstream {Upstream}: target {Target} at {Address} is healthy by {Cause}")]
    public static partial void Healthy(ILogger logger, string upstream, string target, string address, string cause);

    [LoggerMessage(3303, LogLevel.Warning, "Target {Name} does not resolve: {Problem}")]
    public static partial void NotResolved(ILogger logger, string name, string problem);

    [LoggerMessage(3304, LogLevel.Error, "A health check of upstream {Upstream} failed in itself")]
    public static partial void CheckFailed(ILogger logger, string upstream, Exception failure);
}
