using System.Net;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel;

/// <summary>A data plane's end of both tunnels.</summary>
public sealed record TunnelClientOptions
{
    /// <summary>The site's certificate: its URI name says the trust domain and the site.</summary>
    public required CertificatePaths Certificates { get; init; }

    /// <summary>Where control planes listen for the configuration tunnel. At least one; the order does not matter.</summary>
    public required IReadOnlyList<DnsEndPoint> ControlPlanes { get; init; }

    /// <summary>Where control planes listen for telemetry. Empty: nothing is exported.</summary>
    public IReadOnlyList<DnsEndPoint> TelemetryEndpoints { get; init; } = [];

    /// <summary>The trust domain that our certificate must name (CLUSTER_TRUST_DOMAIN). Null: whichever it names.</summary>
    public string? TrustDomain { get; init; }

    /// <summary>The DNS name or IP address that control planes' certificates must hold (CLUSTER_SERVER_NAME). Null: the one we connect to.</summary>
    public string? ServerName { get; init; }

    /// <summary>The HTTP proxy through which control planes are reached (CLUSTER_USE_PROXY, PROXY_SERVER). Null: none.</summary>
    public TunnelProxy? Proxy { get; init; }

    /// <summary>This gateway's semantic version.</summary>
    public required string GatewayVersion { get; init; }

    /// <summary>Plugin name to version, for every plugin that this process can run.</summary>
    public IReadOnlyDictionary<string, string> Plugins { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Shown to administrators, not used for authorisation.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>At most 253 characters; the machine's name by default.</summary>
    public string Hostname { get; init; } = Environment.MachineName;

    /// <summary>Folder of the configuration cache (CLUSTER_CACHE_DIR). Null: nothing is kept, and a start needs a control plane.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The cache's keys (CLUSTER_CACHE_KEY_FILE). Required with <see cref="CacheFolder"/>.</summary>
    public string? CacheKeyFile { get; init; }

    /// <summary>How long a configuration serves without a crash until it is taken for good; 1 minute by default.</summary>
    public TimeSpan CacheGoodAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The first reconnect waits a random time up to this, the next up to twice as long, and so on; 500 ms by default.</summary>
    public TimeSpan InitialBackOff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No reconnect waits longer than this; 30 seconds by default.</summary>
    public TimeSpan MaximumBackOff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time to connect, with the handshake; through a proxy, once for the way there and once for the handshake. 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a configuration before compression that are accepted at most; 1 GiB by default.</summary>
    public int MaximumContentSize { get; init; } = 1024 * 1024 * 1024;

    /// <summary>How often counters are exported, 100 ms to 1 hour; 10 seconds by default.</summary>
    public TimeSpan TelemetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the last export may take at a graceful stop; 5 seconds by default.</summary>
    public TimeSpan TelemetryFlushTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the certificate files are ours to replace (CLUSTER_CERT_RENEWAL): the certificate is renewed over the tunnel, and authorities are taken over from the
    /// control plane, where the files can be written. True by default.
    /// </summary>
    public bool RenewCertificate { get; init; } = true;

    /// <summary>A certificate of a generation that no longer signs is renewed within this time, at random; 10 minutes by default.</summary>
    public TimeSpan RotationSpread { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the certificate files are compared with what was read; 10 seconds by default.</summary>
    public TimeSpan CertificatePollInterval { get; init; } = TimeSpan.FromSeconds(10);
}
