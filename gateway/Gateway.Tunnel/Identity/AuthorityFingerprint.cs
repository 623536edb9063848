using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>Names an authority: SHA-256 of its certificate, 64 lower-case hexadecimal digits, as <c>openssl x509 -fingerprint -sha256</c> shows it with colons.</summary>
public static class AuthorityFingerprint
{
    public static string Of(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
}
