namespace Gateway.Tunnel.Enrollment;

/// <summary>What a token was exchanged for, or why it was not.</summary>
/// <param name="Problem">For the control plane's log: the bearer is not told which of the reasons it was.</param>
public sealed record TokenRedemption(SignedCertificate? Certificate, string Problem)
{
    public static TokenRedemption Refused(string problem) => new(null, problem);

    public static TokenRedemption Redeemed(SignedCertificate certificate) => new(certificate, "");
}
