using System.Net;

namespace Gateway.Settings;

/// <summary>An address to listen on.</summary>
/// <param name="Tls">Whether it was followed by <c>ssl</c>: HTTP/1.1 and HTTP/2 are negotiated there.</param>
/// <param name="Http2">Whether it was followed by <c>http2</c>: in clear, clients speak HTTP/2 at once there, as gRPC does, and not HTTP/1.1.</param>
/// <param name="ProxyProtocol">Whether it was followed by <c>proxy_protocol</c>: connections begin with a load balancer's header there.</param>
public sealed record ListenAddress(IPAddress Address, int Port, bool Tls = false, bool Http2 = false, bool ProxyProtocol = false)
{
    /// <summary>Null where the text is not <c>IP-ADDRESS:PORT</c>, with <c>ssl</c>, <c>http2</c> and <c>proxy_protocol</c> after it where they are allowed.</summary>
    public static ListenAddress? TryParse(string text, bool mayHaveFlags = false)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !IPEndPoint.TryParse(parts[0], out var endpoint) || endpoint.Port == 0)
        {
            return null;
        }

        var flags = parts[1..];
        return flags.Length > 0 && (!mayHaveFlags || flags.Any(flag => flag is not ("ssl" or "http2" or "proxy_protocol")))
            ? null
            : new ListenAddress(
                endpoint.Address,
                endpoint.Port,
                flags.Contains("ssl", StringComparer.Ordinal),
                flags.Contains("http2", StringComparer.Ordinal),
                flags.Contains("proxy_protocol", StringComparer.Ordinal));
    }

    public override string ToString() => new IPEndPoint(Address, Port) + (Tls ? " ssl" : "") + (Http2 ? " http2" : "") + (ProxyProtocol ? " proxy_protocol" : "");
}
