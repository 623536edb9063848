namespace Gateway.Settings;

/// <summary>Valid settings. Made by <see cref="SettingsReader"/> alone; members are documented in <see cref="SettingsContract"/>.</summary>
public sealed record GatewaySettings
{
    /// <summary>Exactly one of the roles.</summary>
    public required Roles Role { get; init; }
    public required TunnelSettings Tunnel { get; init; }
    public required ListenAddress StatusListen { get; init; }
    public required string LogLevel { get; init; }
    public required string LogFormat { get; init; }
    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>Set where <see cref="Role"/> is the control plane.</summary>
    public ControlPlaneSettings? ControlPlane { get; init; }

    /// <summary>Set where <see cref="Role"/> is the data plane.</summary>
    public DataPlaneSettings? DataPlane { get; init; }

    /// <summary>Every setting that has a value, by name, with those that are secret left out.</summary>
    public required IReadOnlyDictionary<string, string> Shown { get; init; }
}
