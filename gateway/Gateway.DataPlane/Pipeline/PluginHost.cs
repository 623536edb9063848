using Gateway.DataPlane.Logging;
using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Pipeline;

/// <summary>What the data plane offers all plugins.</summary>
/// <param name="State">Where plugins keep what outlives a change of configuration.</param>
/// <param name="Logging">Records of requests, and queues for them.</param>
public sealed record PluginHost(PluginStateStore State, TimeProvider Time, ILoggerFactory Loggers, PluginLogging Logging);
