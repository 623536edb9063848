using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Who is at the other end: by certificate, and the address as we see it.</summary>
internal sealed record SessionPeer(TunnelConnection Connection, string Address)
{
    public PeerIdentity Identity => Connection.Peer!;

    public string Site => Identity.Site!;

    public DateTimeOffset CertificateNotAfter => Connection.CertificateNotAfter;

    public string? CertificateAuthority => Connection.Authority;
}
