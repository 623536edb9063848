using System.Net;

namespace Gateway.DataPlane.Hosting;

/// <summary>One address on which clients are served.</summary>
public sealed record ProxyListener(IPEndPoint EndPoint)
{
    /// <summary>With TLS, HTTP/1.1 and HTTP/2 are negotiated.</summary>
    public bool Tls { get; init; }

    /// <summary>Whether each connection begins with a header of the PROXY protocol, in version 1 or 2, which says who the client is; believed of trusted proxies alone.</summary>
    public bool ProxyProtocol { get; init; }

    /// <summary>In clear, whether clients speak HTTP/2 (with prior knowledge, as gRPC does) in place of HTTP/1.1.</summary>
    public bool Http2 { get; init; }
}
