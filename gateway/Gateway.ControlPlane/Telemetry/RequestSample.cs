namespace Gateway.ControlPlane.Telemetry;

/// <summary>What was counted in one minute under one combination of dimensions.</summary>
internal sealed record RequestSample(long Minute, string Site, string? Service, string? Route, string? Status, long Count, double Sum);
