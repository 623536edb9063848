using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Who is at the other end: by certificate, and the address as we see it.</summary>
internal sealed record SessionPeer(PeerIdentity Identity, string Address, DateTimeOffset CertificateNotAfter)
{
    public string Site => Identity.Site!;
}
