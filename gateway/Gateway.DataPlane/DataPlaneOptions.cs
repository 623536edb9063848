using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gateway.DataPlane.Dns;
using Gateway.DataPlane.Hosting;

namespace Gateway.DataPlane;

/// <summary>What the executable tells a data plane.</summary>
public sealed class DataPlaneOptions
{
    /// <summary>Where clients call. Default: 8000 in clear and 8443 with TLS on every address.</summary>
    public IReadOnlyList<ProxyListener> ProxyListeners { get; set; } =
        [new(new IPEndPoint(IPAddress.Any, 8000)), new(new IPEndPoint(IPAddress.Any, 8443)) { Tls = true }];

    /// <summary>Where probes ask, in clear. Default: 8100 on every address.</summary>
    public IReadOnlyList<IPEndPoint> StatusListeners { get; set; } = [new(IPAddress.Any, 8100)];

    /// <summary>What TLS listeners present, asked once per handshake with the indicated server name. Default: null, for a self-signed certificate made at start.</summary>
    public Func<string?, X509Certificate2?>? ServerCertificate { get; set; }

    /// <summary>How long the data plane goes on serving after it was told to stop, while readiness fails, so that load balancers notice. Default: 0.</summary>
    public TimeSpan ShutdownDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long requests in flight may then take to end. Default: 30 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Proxies whose <c>X-Forwarded-*</c> and <c>X-Real-IP</c> headers are believed. Default: none.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; set; } = [];

    /// <summary>Whether upstreams' certificates must be valid where a service does not say (<c>tls_verify</c>). Default: true.</summary>
    public bool UpstreamTlsVerify { get; set; } = true;

    /// <summary>
    /// Over how long an upstream's target that became healthy again comes to its whole share, beginning with a tenth. Requests that are hashed do not wait for
    /// it. 0 to 1 h. Default: 0 for at once, as Kong.
    /// </summary>
    public TimeSpan UpstreamSlowStart { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// After how long a target that traffic alone made unhealthy, and that no probe could heal, is tried again: its first failure takes it out again. 0 to 1 h; 0
    /// for never, as Kong, where an administrator does it by hand. Default: 30 s.
    /// </summary>
    public TimeSpan UpstreamRetryUnhealthyAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether plain HTTP/1.1 goes to upstreams over the data plane's own client; without it everything goes through the general one. Default: true.</summary>
    public bool DirectUpstreams { get; set; } = true;

    /// <summary>Whether sockets of clients, and of upstreams over the data plane's own client, are driven by its own event loops, one per processor; on Linux only. Default: true.</summary>
    public bool UseEventLoops { get; set; } = true;

    /// <summary>How upstreams' names are resolved.</summary>
    public DnsOptions Dns { get; } = new();

    /// <summary>Bytes of a request's header fields together. Default: 32 KiB.</summary>
    public int MaxRequestHeadersSize { get; set; } = 32 * 1024;

    /// <summary>Bytes of a request's body. Default: null for no limit.</summary>
    public long? MaxRequestBodySize { get; set; }

    /// <summary>Connections of clients at a time. Default: null for no limit.</summary>
    public long? MaxConnections { get; set; }

    /// <summary>How long a plugin's inline phase may take before it is counted as a stall. Default: 20 ms.</summary>
    public TimeSpan StallThreshold { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Series of service, route and status; what exceeds them is counted together. Default: 10,000.</summary>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Series of consumers. Default: 1,000.</summary>
    public int MaxConsumerSeries { get; set; } = 1_000;

    /// <summary>The folder below which <c>{vault://file/PATH}</c> reads. Default: <c>/run/secrets</c>.</summary>
    public string ReferenceFolder { get; set; } = "/run/secrets";
}
