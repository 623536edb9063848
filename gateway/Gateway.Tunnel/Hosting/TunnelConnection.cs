using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Hosting;

/// <summary>Kept with each connection whose handshake was accepted; what requests on it are authorised by.</summary>
internal sealed record TunnelConnection(TunnelKind Kind)
{
    /// <summary>Null until the handshake is done.</summary>
    public PeerIdentity? Peer { get; set; }

    public DateTimeOffset CertificateNotAfter { get; set; }
}
