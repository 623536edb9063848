namespace Gateway.Tunnel.Identity;

/// <param name="Problem">One line for the log, in words; holds no more of the peer's certificate than its names and dates.</param>
public sealed record PeerRefusal(PeerRefusalReason Reason, string Problem);
