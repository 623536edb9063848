using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.Model.Entities;

namespace Gateway.Plugins.Jwt;

/// <summary>
/// What a credential's tokens are verified with. The algorithm is the credential's: a token that names another one is refused before this is asked, so that no public key is ever taken for a
/// secret.
/// </summary>
internal sealed class TokenKey
{
    private readonly string _algorithm;
    private readonly HashAlgorithmName _hash;
    private readonly byte[] _secret = [];

    // Key objects are not for several threads at a time, and reading PEM costs more than a signature.
    private readonly ConcurrentBag<AsymmetricAlgorithm> _free = [];
    private readonly string? _pem;

    private TokenKey(string algorithm, byte[]? secret, string? pem)
    {
        _algorithm = algorithm;
        _hash = algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        _secret = secret ?? [];
        _pem = pem;
    }

    /// <summary>Whether tokens may be signed so at all (RFC 7518, section 3.1); <c>none</c> is not among them.</summary>
    public static bool IsKnown(string algorithm) => algorithm is "HS256" or "HS384" or "HS512" or "RS256" or "RS384" or "RS512"
        or "ES256" or "ES384" or "ES512" or "PS256" or "PS384" or "PS512";

    /// <summary>Null where the credential has no key that fits its algorithm.</summary>
    public static TokenKey? Of(JwtSecret credential, bool secretIsBase64)
    {
        if (!IsKnown(credential.Algorithm))
        {
            return null;
        }

        if (!credential.Algorithm.StartsWith("HS", StringComparison.Ordinal))
        {
            return credential.RsaPublicKey is { } pem && Import(credential.Algorithm, pem) is { } first ? new TokenKey(credential.Algorithm, null, pem).With(first) : null;
        }

        var secret = secretIsBase64 ? Decode(credential.Secret) : Encoding.UTF8.GetBytes(credential.Secret ?? string.Empty);
        return secret is { Length: > 0 } ? new TokenKey(credential.Algorithm, secret, null) : null;
    }

    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (_pem is null)
        {
            Span<byte> expected = stackalloc byte[HMACSHA512.HashSizeInBytes];
            return CryptographicOperations.FixedTimeEquals(expected[..CryptographicOperations.HmacData(_hash, _secret, signed, expected)], signature);
        }

        var key = _free.TryTake(out var free) ? free : Import(_algorithm, _pem)!;
        var isValid = key is ECDsa curve
            ? curve.VerifyData(signed, signature, _hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            : ((RSA)key).VerifyData(signed, signature, _hash, _algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        _free.Add(key);
        return isValid;
    }

    private TokenKey With(AsymmetricAlgorithm key)
    {
        _free.Add(key);
        return this;
    }

    private static AsymmetricAlgorithm? Import(string algorithm, string pem)
    {
        AsymmetricAlgorithm key = algorithm[0] == 'E' ? ECDsa.Create() : RSA.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }

        // Each algorithm has its curve (RFC 7518, section 3.4).
        var size = algorithm switch { "ES256" => 256, "ES384" => 384, "ES512" => 521, _ => key.KeySize };
        if (key.KeySize == size)
        {
            return key;
        }

        key.Dispose();
        return null;
    }

    private static byte[]? Decode(string? secret)
    {
        if (secret is null)
        {
            return null;
        }

        var text = secret.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        text = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
