using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Plugins.Tests.Jwt;

/// <summary>Keys of every algorithm, and tokens that they sign: by the primitives alone, so that they share nothing with what is tested.</summary>
public sealed class TestKeys : IDisposable
{
    public const string Secret = "a secret of thirty-two characters";

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa P256 { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa P384 { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public ECDsa P521 { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    public string? PublicKeyOf(string algorithm) => algorithm[..2] switch
    {
        "HS" => null,
        "ES" => CurveOf(algorithm).ExportSubjectPublicKeyInfoPem(),
        _ => Rsa.ExportSubjectPublicKeyInfoPem(),
    };

    public string Sign(string algorithm, JsonObject claims, string type = "JWT") =>
        Sign(new JsonObject { ["alg"] = algorithm, ["typ"] = type }, claims, signed => SignatureOf(algorithm, signed));

    public static string Sign(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign) => Raw(header.ToJsonString(), claims.ToJsonString(), sign);

    public static string Raw(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)));
    }

    public byte[] SignatureOf(string algorithm, byte[] signed)
    {
        var secret = Encoding.UTF8.GetBytes(Secret);
        var hash = new HashAlgorithmName("SHA" + algorithm[2..]);
        return algorithm[..2] switch
        {
            "HS" => CryptographicOperations.HmacData(hash, secret, signed),
            "ES" => CurveOf(algorithm).SignData(signed, hash),
            "PS" => Rsa.SignData(signed, hash, RSASignaturePadding.Pss),
            _ => Rsa.SignData(signed, hash, RSASignaturePadding.Pkcs1),
        };
    }

    public void Dispose()
    {
        Rsa.Dispose();
        P256.Dispose();
        P384.Dispose();
        P521.Dispose();
    }

    private ECDsa CurveOf(string algorithm) => algorithm switch { "ES256" => P256, "ES384" => P384, _ => P521 };
}
