using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Pipeline;

/// <summary>What the data plane offers all plugins.</summary>
/// <param name="State">Where plugins keep what outlives a change of configuration.</param>
public sealed record PluginHost(PluginStateStore State, TimeProvider Time, ILoggerFactory Loggers);
