using System.Diagnostics.CodeAnalysis;

namespace Gateway.Tunnel.Identity;

/// <summary>Either who the peer is, or why it is refused.</summary>
public sealed class PeerVerification
{
    private PeerVerification(PeerIdentity? identity, PeerRefusal? refusal, string? authority = null) => (Identity, Refusal, Authority) = (identity, refusal, authority);

    public PeerIdentity? Identity { get; }

    public PeerRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Identity is not null;

    /// <summary>The fingerprint of the authority of our bundle that an accepted peer's certificate chains to: its generation.</summary>
    public string? Authority { get; }

    internal static PeerVerification Accept(PeerIdentity identity, string? authority) => new(identity, null, authority);

    internal static PeerVerification Refuse(PeerRefusalReason reason, string problem) => new(null, new PeerRefusal(reason, problem));
}
