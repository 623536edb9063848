using Gateway.Tunnel.Identity;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Enrollment;

internal static partial class EnrollmentLog
{
    [LoggerMessage(
        3401, LogLevel.Information, "Certificate {SerialNumber} signed for the site {Site} ({Cause}, asked for by {Address}), valid until {NotAfter:u}", EventName = "CertificateSigned")]
    public static partial void Signed(ILogger logger, string serialNumber, string site, IssuanceCause cause, string address, DateTimeOffset notAfter);

    [LoggerMessage(3402, LogLevel.Warning, "No certificate for {Address}: {Problem}", EventName = "IssuanceRefused")]
    public static partial void Refused(ILogger logger, string address, string problem);

    [LoggerMessage(3403, LogLevel.Error, "The certificate that {Address} may have cannot be signed or recorded", EventName = "IssuanceFailed")]
    public static partial void NotSigned(ILogger logger, string address, Exception error);

    [LoggerMessage(3404, LogLevel.Information, "Certificate renewed, valid until {NotAfter:u}; the next renewal is due at {Due:u}", EventName = "CertificateRenewed")]
    public static partial void Renewed(ILogger logger, DateTimeOffset notAfter, DateTimeOffset due);

    [LoggerMessage(3405, LogLevel.Warning, "The certificate, valid until {NotAfter:u}, was not renewed: {Problem}. Next attempt in {Delay}", EventName = "CertificateNotRenewed")]
    public static partial void NotRenewed(ILogger logger, DateTimeOffset notAfter, string problem, TimeSpan delay);

    [LoggerMessage(3406, LogLevel.Information, "The certificate is renewed by whoever writes {Path}: {Reason}", EventName = "RenewalElsewhere")]
    public static partial void Elsewhere(ILogger logger, string path, string reason);

    [LoggerMessage(3407, LogLevel.Information, "Authorities taken over from the control plane: {Fingerprints}", EventName = "AuthoritiesTaken")]
    public static partial void AuthoritiesTaken(ILogger logger, string fingerprints);

    [LoggerMessage(3408, LogLevel.Warning, "Authorities that the control plane sent were not taken over: {Problem}", EventName = "AuthoritiesNotTaken")]
    public static partial void AuthoritiesNotTaken(ILogger logger, string problem);

    [LoggerMessage(3409, LogLevel.Warning, "An interrupted replacement of the certificate files was finished: {Path}", EventName = "ReplacementFinished")]
    public static partial void ReplacementFinished(ILogger logger, string path);
}
