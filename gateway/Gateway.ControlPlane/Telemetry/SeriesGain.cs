using Gateway.Tunnel.Telemetry;

namespace Gateway.ControlPlane.Telemetry;

/// <summary>What one series gained.</summary>
/// <param name="Point">Where it comes from: metric, unit, bounds.</param>
/// <param name="Attributes">Of the series it is counted in, which is not the point's own where a site has too many.</param>
internal sealed record SeriesGain(TelemetryPoint Point, IReadOnlyList<KeyValuePair<string, string>> Attributes, Gain Gain);
