namespace Gateway.Tunnel.Identity;

/// <summary>Why a peer's certificate was not accepted. In snake_case it is a reason of the metric <c>gateway_tunnel_refusals_total</c>.</summary>
public enum PeerRefusalReason
{
    NoCertificate,
    UntrustedChain,
    NotYetValid,
    Expired,

    /// <summary>A key or a signature of an algorithm or a size that is not taken.</summary>
    KeyNotAllowed,
    WrongKeyUsage,
    NoUriName,
    SeveralUriNames,
    MalformedUriName,
    ForeignTrustDomain,
    WrongRole,

    /// <summary>Of a control plane: none of its DNS names and IP addresses is the one we meant to reach.</summary>
    WrongHostName,
}
