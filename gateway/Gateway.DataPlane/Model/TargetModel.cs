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

    /// <param name="hostHeader">An upstream's own Host header, instead of the address.</param>
    public TargetModel(string host, int port, int weight, string? hostHeader = null)
    {
        Host = host;
        Port = port;
        Weight = weight;
        var name = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        Authority = $"{name}:{port}";
        _httpHostHeader = hostHeader ?? (port == HttpPort ? name : Authority);
        _httpsHostHeader = hostHeader ?? (port == HttpsPort ? name : Authority);
        _httpBase = $"http://{Authority}";
        _httpsBase = $"https://{Authority}";
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>0 to 65535.</summary>
    public int Weight { get; }

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>What the upstream sees as Host, where the route does not preserve the client's.</summary>
    public string HostHeader(bool tls) => tls ? _httpsHostHeader : _httpHostHeader;

    /// <summary>Scheme, host and port.</summary>
    public string BaseAddress(bool tls) => tls ? _httpsBase : _httpBase;

    /// <summary>Reads <c>host:port</c>; null where that is not what it is.</summary>
    public static TargetModel? Parse(string address, int weight, string? hostHeader)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), out var port) && port is > 0 and <= 65535
            ? new TargetModel(address[..colon], port, weight, hostHeader)
            : null;
    }
}
