namespace Gateway.Tunnel.Hosting;

/// <summary>Which of the two tunnels a listener serves.</summary>
public enum TunnelKind
{
    /// <summary>Port 8005.</summary>
    Configuration,

    /// <summary>Port 8006.</summary>
    Telemetry,
}
