namespace Gateway.Tunnel.Hosting;

/// <summary>What a listener serves.</summary>
public enum TunnelKind
{
    /// <summary>Port 8005.</summary>
    Configuration,

    /// <summary>Port 8006.</summary>
    Telemetry,

    /// <summary>Where a data plane without a certificate gets its first.</summary>
    Enrollment,
}
