using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Model.Certificates;

/// <summary>What is wrong with certificates in PEM, in Kong's words; null where nothing is.</summary>
internal static class PemCertificate
{
    private const string BasicConstraints = "2.5.29.19";

    public static string? Problem(string pem)
    {
        try
        {
            using var leaf = Leaf(pem);
            return null;
        }
        catch (CryptographicException)
        {
            return "invalid certificate: expected one or more certificates in PEM, the one of the key first";
        }
    }

    /// <summary>Of one that is to be trusted as an authority.</summary>
    public static string? AuthorityProblem(string pem)
    {
        if (pem.Split("-----BEGIN CERTIFICATE-----", StringSplitOptions.None).Length > 2)
        {
            return "please submit only one certificate at a time";
        }

        using var certificate = Leaf(pem);
        return certificate.Extensions[BasicConstraints] is X509BasicConstraintsExtension { CertificateAuthority: true }
            ? null
            : "certificate does not appear to be a CA because it is missing the \"CA\" basic constraint";
    }

    public static bool Matches(string certificate, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return true;
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The object identifier of the key's algorithm.</summary>
    public static string Algorithm(string pem)
    {
        using var leaf = Leaf(pem);
        return leaf.GetKeyAlgorithm();
    }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Digest(string pem)
    {
        using var certificate = Leaf(pem);
        return Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    private static X509Certificate2 Leaf(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        foreach (var issuer in all.Skip(1))
        {
            issuer.Dispose();
        }

        return all.Count > 0 ? all[0] : throw new CryptographicException("There is no certificate.");
    }
}
