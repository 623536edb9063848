namespace Gateway.ControlPlane.Telemetry;

/// <summary>Which part of the per-minute series. A filter that is null lets everything through.</summary>
internal sealed record RequestQuery(string Metric, DateTimeOffset From, DateTimeOffset To, string? Site, string? Service, string? Route, string? Status);
