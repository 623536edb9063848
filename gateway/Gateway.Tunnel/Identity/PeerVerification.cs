using System.Diagnostics.CodeAnalysis;

namespace Gateway.Tunnel.Identity;

/// <summary>Either who the peer is, or why it is refused.</summary>
public sealed class PeerVerification
{
    private PeerVerification(PeerIdentity? identity, PeerRefusal? refusal) => (Identity, Refusal) = (identity, refusal);

    public PeerIdentity? Identity { get; }

    public PeerRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Identity is not null;

    internal static PeerVerification Accept(PeerIdentity identity) => new(identity, null);

    internal static PeerVerification Refuse(PeerRefusalReason reason, string problem) => new(null, new PeerRefusal(reason, problem));
}
