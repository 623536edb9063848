using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Enrollment;

/// <summary>A data plane's certificate that a control plane has just signed.</summary>
/// <param name="SerialNumber">Lower-case hexadecimal digits.</param>
/// <param name="Pem">The leaf.</param>
/// <param name="Authority">The <see cref="AuthorityFingerprint"/> of the authority that signed.</param>
public sealed record SignedCertificate(string Site, string SerialNumber, string Pem, string Authority, IssuanceCause Cause, DateTimeOffset NotAfter);
