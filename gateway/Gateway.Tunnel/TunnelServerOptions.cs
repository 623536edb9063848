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

    /// <summary>
    /// PEM file of the private key of one of the authorities in <see cref="Certificates"/>' bundle (CLUSTER_CA_KEY): the one that signs at enrolment and renewal.
    /// Null: certificates come from elsewhere, and neither is served.
    /// </summary>
    public string? AuthorityKey { get; init; }

    /// <summary>How long the certificates are valid that are signed for data planes (CLUSTER_CERT_LIFETIME); 7 days by default.</summary>
    public TimeSpan CertificateLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// For how long after its end a certificate of a site that may join is still good for one thing, its renewal; 7 days by default. A longer outage than the rest of a
    /// certificate's life then locks nobody out.
    /// </summary>
    public TimeSpan RenewalGrace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often the certificate files are compared with what was read; 10 seconds by default.</summary>
    public TimeSpan CertificatePollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one export on the telemetry tunnel, at most; 16 MiB by default.</summary>
    public int MaximumExportSize { get; init; } = 16 * 1024 * 1024;
}
