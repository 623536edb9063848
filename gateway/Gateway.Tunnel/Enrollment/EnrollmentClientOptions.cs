using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Enrollment;

/// <summary>What a data plane needs to enrol.</summary>
public sealed record EnrollmentClientOptions
{
    public required EnrollmentToken Token { get; init; }

    /// <summary>Where the certificate, its key and the authorities go.</summary>
    public required CertificatePaths Certificates { get; init; }

    /// <summary>The trust domain that both certificates must name (CLUSTER_TRUST_DOMAIN).</summary>
    public required string TrustDomain { get; init; }

    /// <summary>The DNS name or IP address that the control plane's certificate must hold (CLUSTER_SERVER_NAME). Null: the one we connect to.</summary>
    public string? ServerName { get; init; }

    /// <inheritdoc cref="TunnelClientOptions.Proxy"/>
    public TunnelProxy? Proxy { get; init; }

    /// <summary>For each attempt at each endpoint; 15 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
