using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>A client's check of the server: all that <see cref="PeerVerifier"/> checks, and that it is the one we meant to reach.</summary>
internal static class ControlPlaneVerifier
{
    public static PeerVerification Verify(
        X509Certificate2? certificate,
        X509Certificate2Collection? presented,
        X509Certificate2Collection authorities,
        string trustDomain,
        string serverName,
        DateTimeOffset now)
    {
        var verification = PeerVerifier.Verify(certificate, presented, authorities, trustDomain, PeerRole.ControlPlane, now);
        return verification.IsAccepted && !certificate!.MatchesHostname(serverName, allowWildcards: true, allowCommonName: false)
            ? PeerVerification.Refuse(PeerRefusalReason.WrongHostName, $"it is not for {serverName}")
            : verification;
    }
}
