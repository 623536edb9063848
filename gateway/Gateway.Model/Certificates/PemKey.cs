using System.Security.Cryptography;

namespace Gateway.Model.Certificates;

/// <summary>What is wrong with keys in PEM, in Kong's words; null where nothing is.</summary>
internal static class PemKey
{
    private static readonly string[] Rsa = ["RSA PRIVATE KEY", "RSA PUBLIC KEY"];
    private static readonly string[] Both = ["PRIVATE KEY", "PUBLIC KEY"];
    private static readonly string[] Ec = ["EC PRIVATE KEY"];

    public static string? PrivateProblem(string pem) =>
        Label(pem)?.EndsWith("PRIVATE KEY", StringComparison.Ordinal) is true && (IsRsa(pem) || IsEc(pem))
            ? null
            : "invalid key: expected an RSA or elliptic-curve private key in PEM, not encrypted";

    public static string? PublicProblem(string pem) =>
        Label(pem)?.EndsWith("PUBLIC KEY", StringComparison.Ordinal) is true && (IsRsa(pem) || IsEc(pem))
            ? null
            : "invalid key: expected an RSA or elliptic-curve public key in PEM";

    public static bool IsRsa(string pem) => Label(pem) is { } label && (Rsa.Contains(label, StringComparer.Ordinal) || Both.Contains(label, StringComparer.Ordinal)) && CanImport(RSA.Create, pem);

    public static bool IsEc(string pem) => Label(pem) is { } label && (Ec.Contains(label, StringComparer.Ordinal) || Both.Contains(label, StringComparer.Ordinal)) && CanImport(ECDsa.Create, pem);

    // Of the first part that holds a key: EC PARAMETERS may stand before it.
    private static string? Label(string pem)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label];
            if (label.EndsWith(" KEY", StringComparison.Ordinal) || label is "PRIVATE KEY" or "PUBLIC KEY")
            {
                return label.ToString();
            }

            rest = rest[fields.Location.End..];
        }

        return null;
    }

    private static bool CanImport(Func<AsymmetricAlgorithm> create, string pem)
    {
        using var key = create();
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
