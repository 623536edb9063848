using System.Text.Json;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Hosting;

/// <summary>Every reason of <c>gateway_tunnel_refusals_total</c>: why a connection or a call was refused.</summary>
internal static class RefusalReasons
{
    /// <summary>More handshakes at once than are taken, from one address or from all.</summary>
    public const string HandshakeLimit = "handshake_limit";

    /// <summary>No TLS, or a handshake that was not finished.</summary>
    public const string HandshakeFailed = "handshake_failed";

    /// <summary>TLS 1.3 was not offered.</summary>
    public const string TlsVersion = "tls_version";

    /// <summary>Frames that are not HTTP/2's, or larger than they may be.</summary>
    public const string Frames = "frames";

    /// <summary>Messages that break the tunnel's protocol, or are larger than they may be.</summary>
    public const string Protocol = "protocol";
    public const string UnknownSite = "unknown_site";
    public const string DisabledSite = "disabled_site";
    public const string RevokedCertificate = "revoked_certificate";
    public const string SitesUnavailable = "sites_unavailable";

    /// <summary>An enrolment token that is unknown, used, too old or another site's.</summary>
    public const string EnrollmentToken = "enrollment_token";

    /// <summary>A certificate signing request that cannot be signed.</summary>
    public const string CertificateRequest = "certificate_request";

    /// <summary>More enrolments or renewals than are taken.</summary>
    public const string IssuanceLimit = "issuance_limit";

    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<PeerRefusalReason>().Where(reason => reason != PeerRefusalReason.WrongHostName).Select(Of),
        HandshakeLimit, HandshakeFailed, TlsVersion, Frames, Protocol, UnknownSite, DisabledSite, RevokedCertificate, SitesUnavailable, EnrollmentToken,
        CertificateRequest, IssuanceLimit,
    ];

    public static string Of(PeerRefusalReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
