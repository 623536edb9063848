using System.Globalization;
using System.Net;

namespace Gateway.DataPlane.Hosting;

/// <summary>A client's connection: what came in through a proxy listener, whatever its port. Says once what all of its requests are asked for.</summary>
internal sealed class ProxyConnection
{
    public ProxyConnection(IPAddress? peer, int localPort, bool isTrusted, bool isAnnounced = false)
    {
        Peer = peer is null ? IPAddress.None : peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        PeerText = Peer.ToString();
        PortText = localPort.ToString(CultureInfo.InvariantCulture);
        IsTrusted = isTrusted;
        IsAnnounced = isAnnounced;
    }

    /// <summary>The client as the gateway's sockets see it, or as a load balancer announced it.</summary>
    public IPAddress Peer { get; }

    public string PeerText { get; }

    /// <summary>The port that the client called.</summary>
    public string PortText { get; }

    /// <summary>Whether what its headers say of the client is believed.</summary>
    public bool IsTrusted { get; }

    /// <summary>Whether a load balancer said who the client is, so that no header has to.</summary>
    public bool IsAnnounced { get; }
}
