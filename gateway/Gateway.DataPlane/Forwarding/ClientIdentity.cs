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
    public void Read(RequestContext context)
    {
        var http = context.Http;
        var peer = http.Connection.RemoteIpAddress ?? IPAddress.None;
        context.PeerAddress = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        context.IsTrustedPeer = IsTrusted(context.PeerAddress);
        context.ClientAddress = context.PeerAddress;
        context.Scheme = http.Request.IsHttps ? "https" : "http";
        if (!context.IsTrustedPeer)
        {
            return;
        }

        if (IPAddress.TryParse(http.Request.Headers[RealIp], out var named))
        {
            context.ClientAddress = named;
        }

        if (http.Request.Headers[Proto] is [{ Length: > 0 } scheme, ..])
        {
            context.Scheme = scheme;
        }
    }

    private bool IsTrusted(IPAddress peer)
    {
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
