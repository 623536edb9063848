using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.Jwt;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>Tokens that the issuer never made, or not for this.</summary>
public sealed class ForgedTokenTests
{
    public static TheoryData<string> Forgeries => ["none", "none without signature", "other key", "other key, known kid", "HS256 with the public key", "HS256 with a published secret", "RS256 as RS1", "no expiry",
        "another issuer", "no issuer", "changed claims", "embedded key", "two parts", "encrypted", "signature of another token"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Is_refused(string forgery)
    {
        await using var harness = await OpenIdHarness.StartAsync(before: issuer => issuer.PublishedSecret = TestKeys.Secret);
        Assert.Equal(200, (await harness.BearAsync(harness.Issuer.Token())).Status);
        using var other = RSA.Create(2048);

        var answer = await harness.BearAsync(Forge(forgery, harness.Issuer, other));

        Assert.Equal((401, "Unauthorized"), (answer.Status, answer.Message));
        Assert.Equal(1, harness.Plane.Upstream.Requests);
    }

    private static string Forge(string forgery, TestIssuer issuer, RSA other)
    {
        var claims = issuer.Claims();
        switch (forgery)
        {
            case "none":
                return TestKeys.Sign(new JsonObject { ["alg"] = "none" }, claims, static _ => []);
            case "none without signature":
                return TestKeys.Sign(new JsonObject { ["alg"] = "None", ["kid"] = issuer.KeyId }, claims, static _ => [1, 2, 3]);
            case "other key":
                return Rsa(new JsonObject { ["alg"] = "RS256", ["kid"] = "other" }, claims, other);
            case "other key, known kid":
                return Rsa(new JsonObject { ["alg"] = "RS256", ["kid"] = issuer.KeyId }, claims, other);
            case "HS256 with the public key":
                return Hmac(new JsonObject { ["alg"] = "HS256", ["kid"] = issuer.KeyId }, claims, issuer.Key.ExportSubjectPublicKeyInfo());
            case "HS256 with a published secret":
                return Hmac(new JsonObject { ["alg"] = "HS256", ["kid"] = "secret" }, claims, Encoding.UTF8.GetBytes(TestKeys.Secret));
            case "RS256 as RS1":
                return TestKeys.Sign(new JsonObject { ["alg"] = "RS1", ["kid"] = issuer.KeyId }, claims, signed => issuer.Key.SignData(signed, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
            case "no expiry":
                claims.Remove("exp");
                return issuer.Sign(claims);
            case "another issuer":
                claims["iss"] = "https://other.example";
                return issuer.Sign(claims);
            case "no issuer":
                claims.Remove("iss");
                return issuer.Sign(claims);
            case "changed claims":
                var good = issuer.Sign(claims).Split('.');
                claims["sub"] = "admin";
                return $"{good[0]}.{issuer.Sign(claims).Split('.')[1]}.{good[2]}";
            case "embedded key":
                var key = other.ExportParameters(false);
                var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Convert.ToBase64String(key.Modulus!), ["e"] = "AQAB" };
                return Rsa(new JsonObject { ["alg"] = "RS256", ["jwk"] = jwk, ["jku"] = "http://127.0.0.1:1/keys" }, claims, other);
            case "two parts":
                return string.Join('.', issuer.Sign(claims).Split('.').Take(2));
            case "encrypted":
                return string.Join('.', issuer.Sign(claims).Split('.').Append("a").Append("b"));
            default:
                var parts = issuer.Sign(claims).Split('.');
                return $"{parts[0]}.{parts[1]}.{issuer.Token().Split('.')[2]}";
        }
    }

    private static string Rsa(JsonObject header, JsonObject claims, RSA key) =>
        TestKeys.Sign(header, claims, signed => key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static string Hmac(JsonObject header, JsonObject claims, byte[] secret) => TestKeys.Sign(header, claims, signed => HMACSHA256.HashData(secret, signed));
}
