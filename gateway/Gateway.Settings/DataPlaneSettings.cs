namespace Gateway.Settings;

/// <summary>The data plane's own settings.</summary>
public sealed record DataPlaneSettings
{
    public required IReadOnlyList<HostPort> ControlPlanes { get; init; }
    public required IReadOnlyList<HostPort> TelemetryEndpoints { get; init; }
    public string? ServerName { get; init; }

    /// <summary>Null where tunnels and enrolment go straight to the control plane. Holds a secret.</summary>
    public ProxyServer? ClusterProxy { get; init; }
    public required bool VerifyProxyCertificate { get; init; }
    public required bool RenewCertificate { get; init; }

    /// <summary>A secret; null where none is given.</summary>
    public string? EnrollmentToken { get; init; }
    public required TimeSpan ReconnectMax { get; init; }
    public required string CacheFolder { get; init; }
    public required string CacheKeyFile { get; init; }
    public required TimeSpan TelemetryInterval { get; init; }
    public required IReadOnlyList<ListenAddress> ProxyListen { get; init; }
    public string? SslCertificate { get; init; }
    public string? SslCertificateKey { get; init; }

    /// <summary>Addresses and CIDR blocks.</summary>
    public required IReadOnlyList<System.Net.IPNetwork> TrustedNetworks { get; init; }

    /// <summary>Null for no limit.</summary>
    public required long? MaxConnections { get; init; }

    /// <summary>Bytes.</summary>
    public required int ClientMaxHeaderSize { get; init; }

    /// <summary>Bytes; null for no limit.</summary>
    public required long? ClientMaxBodySize { get; init; }
    public required string UpstreamClient { get; init; }

    public required string EventLoop { get; init; }
    public required TimeSpan UpstreamSlowStart { get; init; }

    /// <summary>Zero for never.</summary>
    public required TimeSpan UpstreamRetryUnhealthy { get; init; }

    /// <summary>IP addresses; empty for the system's.</summary>
    public required IReadOnlyList<HostPort> DnsResolvers { get; init; }
    public required string DnsHostsFile { get; init; }

    /// <summary>Null for what answers say themselves.</summary>
    public TimeSpan? DnsValidTtl { get; init; }
    public required TimeSpan DnsStaleTtl { get; init; }
    public required TimeSpan DnsNotFoundTtl { get; init; }
    public required TimeSpan DnsErrorTtl { get; init; }
    public required TimeSpan ShutdownDelay { get; init; }

    // The generated one would print the token.
    public override string ToString() => $"data plane of {string.Join(", ", ControlPlanes)}";
}
