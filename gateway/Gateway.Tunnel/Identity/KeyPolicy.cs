using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>
/// Which keys and signatures the tunnels take: strong enough (NIST SP 800-57: 112 bits and more, no SHA-1), and not so large that a peer could make us compute.
/// </summary>
internal static class KeyPolicy
{
    /// <summary>For error messages.</summary>
    public const string Allowed = "ECDSA on P-256, P-384 or P-521, or RSA of 2048 to 4096 bits, signed with SHA-256, SHA-384 or SHA-512";

    private const int SmallestRsa = 2048;
    private const int LargestRsa = 4096;
    private const string RsaPss = "1.2.840.113549.1.1.10";

    private static readonly string[] Signatures =
    [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", // ecdsa-with-SHA256, 384, 512 (RFC 5758)
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", RsaPss, // sha256, 384, 512WithRSAEncryption (RFC 4055)
    ];

    /// <summary>Null where the certificate is acceptable.</summary>
    public static string? ProblemOf(X509Certificate2 certificate)
    {
        var signature = certificate.SignatureAlgorithm;
        return Signatures.Contains(signature.Value, StringComparer.Ordinal)
            ? ProblemOf(certificate.PublicKey)
            : $"it is signed with {signature.FriendlyName ?? signature.Value} (allowed: {Allowed})";
    }

    /// <summary>Null where the key is acceptable.</summary>
    public static string? ProblemOf(PublicKey key)
    {
        try
        {
            using var ecdsa = key.GetECDsaPublicKey();
            if (ecdsa is not null)
            {
                return ecdsa.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: "1.2.840.10045.3.1.7" or "1.3.132.0.34" or "1.3.132.0.35" }
                    ? null
                    : $"its key is on another curve (allowed: {Allowed})";
            }

            using var rsa = key.GetRSAPublicKey();
            return rsa?.KeySize switch
            {
                null => $"its key is of another kind (allowed: {Allowed})",
                < SmallestRsa or > LargestRsa => $"its key has {rsa.KeySize} bits (allowed: {Allowed})",
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return $"its key cannot be read (allowed: {Allowed})";
        }
    }
}
