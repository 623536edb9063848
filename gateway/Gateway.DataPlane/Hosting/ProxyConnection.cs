using System.Globalization;
using System.Net;
using Gateway.DataPlane.Forwarding.Http1;
using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Hosting;

/// <summary>A client's connection: what came in through a proxy listener, whatever its port. Says once what all of its requests are asked for.</summary>
internal sealed class ProxyConnection
{
    private RequestContext? _spare;
    private UpstreamConnection? _upstream;
    private volatile bool _isClosed;

    public ProxyConnection(IPAddress? peer, int localPort, bool isTrusted, bool isAnnounced = false)
    {
        Peer = peer is null ? IPAddress.None : peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        PeerText = Peer.ToString();
        PortText = localPort.ToString(CultureInfo.InvariantCulture);
        IsTrusted = isTrusted;
        IsAnnounced = isAnnounced;
    }

    /// <summary>Whether the client is gone.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The client as the gateway's sockets see it, or as a load balancer announced it.</summary>
    public IPAddress Peer { get; }

    public string PeerText { get; }

    /// <summary>The port that the client called.</summary>
    public string PortText { get; }

    /// <summary>Whether what its headers say of the client is believed.</summary>
    public bool IsTrusted { get; }

    /// <summary>Whether a load balancer said who the client is, so that no header has to.</summary>
    public bool IsAnnounced { get; }

    /// <summary>The context of an earlier request over this connection; null where there is none, or another request has it.</summary>
    public RequestContext? TakeContext() => Interlocked.Exchange(ref _spare, null);

    /// <summary>False where there is one already.</summary>
    public bool TryKeep(RequestContext context) => Interlocked.CompareExchange(ref _spare, context, null) is null;

    /// <summary>Ties a connection to an upstream to the client's, for one request at a time: it is aborted when the client goes, as by its token, at a fraction of the cost.</summary>
    public void Tie(UpstreamConnection upstream)
    {
        Interlocked.Exchange(ref _upstream, upstream);
        if (_isClosed)
        {
            Interlocked.Exchange(ref _upstream, null)?.Abort();
        }
    }

    /// <summary>False where it was aborted.</summary>
    public bool TryUntie(UpstreamConnection upstream) => Interlocked.CompareExchange(ref _upstream, null, upstream) == upstream;

    /// <summary>The client is gone.</summary>
    public void Close()
    {
        _isClosed = true;
        Interlocked.Exchange(ref _upstream, null)?.Abort();
    }
}
