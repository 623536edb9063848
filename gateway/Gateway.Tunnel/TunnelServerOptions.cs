using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel;

/// <summary>A control plane's end of both tunnels.</summary>
public sealed record TunnelServerOptions
{
    /// <summary>The control plane's own certificate: its URI name also says the trust domain that peers must belong to.</summary>
    public required CertificatePaths Certificates { get; init; }

    /// <summary>The trust domain that our certificate must name (CLUSTER_TRUST_DOMAIN). Null: whichever it names.</summary>
    public string? TrustDomain { get; init; }

    /// <summary>This gateway's semantic version. Data planes of the same and of the previous minor version are served.</summary>
    public required string GatewayVersion { get; init; }

    /// <summary>1 second to 5 minutes; 15 seconds by default. An instance that is silent for three of them is disconnected.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Revisions over which deltas can be folded, 1 to 100,000; 1,000 by default. An instance further behind gets a snapshot.</summary>
    public int HistoryLength { get; init; } = 1000;

    /// <summary>How often the certificate files are compared with what was read; 10 seconds by default.</summary>
    public TimeSpan CertificatePollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one export on the telemetry tunnel, at most; 16 MiB by default.</summary>
    public int MaximumExportSize { get; init; } = 16 * 1024 * 1024;
}
