namespace Gateway.Tunnel.Identity;

/// <summary>Why a peer's certificate was not accepted. Names a value of the metric <c>gateway.tunnel.refused</c> in snake_case.</summary>
public enum PeerRefusalReason
{
    NoCertificate,
    UntrustedChain,
    NotYetValid,
    Expired,
    WrongKeyUsage,
    NoUriName,
    SeveralUriNames,
    MalformedUriName,
    ForeignTrustDomain,
    WrongRole,

    /// <summary>Of a control plane: none of its DNS names and IP addresses is the one we meant to reach.</summary>
    WrongHostName,
}
