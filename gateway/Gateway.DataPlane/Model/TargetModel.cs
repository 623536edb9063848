using System.Net;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Forwarding.Http1;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>One address to send requests to.</summary>
internal sealed class TargetModel
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    private readonly string _httpHostHeader;
    private readonly string _httpsHostHeader;
    private readonly string _httpBase;
    private readonly string _httpsBase;

    /// <param name="hostHeader">An upstream's own Host header, instead of name and port.</param>
    /// <param name="name">What the Host header names where <paramref name="host"/> is an address that was found for it; null for the host itself.</param>
    public TargetModel(string host, int port, int weight, string? hostHeader = null, string? name = null)
    {
        Host = host;
        Port = port;
        Weight = weight;
        var bracketed = Bracketed(host);
        var shown = name is null ? bracketed : Bracketed(name);
        Authority = $"{bracketed}:{port}";
        NeedsResolution = !IPAddress.TryParse(host, out _);
        _httpHostHeader = hostHeader ?? (port == HttpPort ? shown : $"{shown}:{port}");
        _httpsHostHeader = hostHeader ?? (port == HttpsPort ? shown : $"{shown}:{port}");
        _httpBase = $"http://{Authority}";
        _httpsBase = $"https://{Authority}";
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Where the connections to it were found last.</summary>
    public ConnectionPool? Pool { get; set; }

    /// <summary>0 to 65535.</summary>
    public int Weight { get; }

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>True where the host is a name.</summary>
    public bool NeedsResolution { get; }

    /// <summary>What the upstream sees as Host, where the route does not preserve the client's.</summary>
    public string HostHeader(bool tls) => tls ? _httpsHostHeader : _httpHostHeader;

    /// <summary>Scheme, host and port.</summary>
    public string BaseAddress(bool tls) => tls ? _httpsBase : _httpBase;

    /// <summary>One of the addresses that this target's name stands for.</summary>
    public TargetModel At(TargetAddress address, Upstream upstream) => new(
        address.Ip,
        address.Port ?? Port,
        Weight == 0 ? 0 : address.Weight ?? Weight,
        upstream.HostHeader,
        upstream.UseSrvName && address.Name is not null ? address.Name : Host);

    /// <summary>Reads <c>host:port</c>; null where that is not what it is.</summary>
    public static TargetModel? Parse(string address, int weight, string? hostHeader)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), out var port) && port is > 0 and <= 65535
            ? new TargetModel(address[..colon], port, weight, hostHeader)
            : null;
    }

    private static string Bracketed(string host) => host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
}
