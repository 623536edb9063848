using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Pipeline;

internal static partial class PipelineLog
{
    [LoggerMessage(3101, LogLevel.Error, "Plugin {Plugin} failed in its {Phase} phase, request {RequestId}")]
    public static partial void PluginFailed(ILogger logger, string plugin, PluginPhase phase, string requestId, Exception failure);

    [LoggerMessage(3102, LogLevel.Error, "Request {RequestId} failed")]
    public static partial void RequestFailed(ILogger logger, string requestId, Exception failure);

    [LoggerMessage(3103, LogLevel.Debug, "The client of request {RequestId} went away")]
    public static partial void ClientGone(ILogger logger, string requestId);

    [LoggerMessage(3104, LogLevel.Error, "Plugin {Plugin} {Id} could not be made; where it is configured, requests are answered 500")]
    public static partial void PluginNotCreated(ILogger logger, string plugin, Guid id, Exception failure);
}
