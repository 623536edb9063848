namespace Gateway.Settings;

/// <summary>The control plane's own settings. Exactly one of <see cref="SqlitePath"/> and <see cref="PostgreSql"/> is set.</summary>
public sealed record ControlPlaneSettings
{
    public string? SqlitePath { get; init; }
    public PostgreSqlSettings? PostgreSql { get; init; }
    public required string KeyringFile { get; init; }
    public required ListenAddress AdminListen { get; init; }

    /// <summary>Null where the console is off.</summary>
    public ListenAddress? AdminGuiListen { get; init; }
    public required ListenAddress ClusterListen { get; init; }
    public required ListenAddress TelemetryListen { get; init; }
    public required IReadOnlyList<string> Sites { get; init; }
    public required TimeSpan HeartbeatInterval { get; init; }
}
