namespace Gateway.DataPlane.Telemetry;

internal sealed record StatusSlot(int Status, StatusMetrics Metrics);
