namespace Gateway.Tunnel.Enrollment;

/// <summary>Keeps which enrolment tokens are used and which certificates were signed, for all replicas. Throws where it cannot: then nothing is handed out.</summary>
public interface ICertificateLedger
{
    /// <summary>
    /// Uses up a token and records the certificate that it is exchanged for, both or neither: of several uses at once, through whichever replica, one wins.
    /// </summary>
    /// <param name="secret">What the token's bearer presents.</param>
    /// <param name="address">Of the peer that asks.</param>
    /// <param name="sign">Given the token's site. Called at most once.</param>
    Task<TokenRedemption> RedeemAsync(
        Guid token, ReadOnlyMemory<byte> secret, string address, Func<string, SignedCertificate> sign, CancellationToken cancellationToken);

    /// <summary>Records a renewal.</summary>
    Task RecordAsync(SignedCertificate certificate, string address, CancellationToken cancellationToken);
}
