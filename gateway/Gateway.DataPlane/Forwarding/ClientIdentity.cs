using System.Net;
using Gateway.DataPlane.Pipeline;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Who the client is and how it called. What headers say about that is believed of trusted proxies alone.</summary>
internal sealed class ClientIdentity(IOptions<DataPlaneOptions> options)
{
    private const string Proto = "X-Forwarded-Proto";
    private const string RealIp = "X-Real-IP";

    private readonly IReadOnlyList<IPNetwork> _trusted = options.Value.TrustedProxies;

    /// <summary>Finds the client's address and scheme, before plugins and routes ask for them.</summary>
    public static void Read(RequestContext context)
    {
        var http = context.Http;
        context.ClientAddress = context.Connection.Peer;
        context.Scheme = http.Request.IsHttps ? "https" : "http";
        if (!context.Connection.IsTrusted)
        {
            return;
        }

        if (!context.Connection.IsAnnounced && IPAddress.TryParse(http.Request.Headers[RealIp], out var named))
        {
            context.ClientAddress = named;
        }

        if (http.Request.Headers[Proto] is [{ Length: > 0 } scheme, ..])
        {
            context.Scheme = scheme;
        }
    }

    /// <summary>Whether what a peer's headers say is believed.</summary>
    public bool IsTrusted(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var peer = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in _trusted)
        {
            if (network.Contains(peer))
            {
                return true;
            }
        }

        return false;
    }
}
