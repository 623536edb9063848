using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.Jwt;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>A key that no issuer knows, under a new name for each token.</summary>
internal sealed class TestIssuerKey(RSA key) : IDisposable
{
    public static Task<TestIssuerKey> CreateAsync() => Task.FromResult(new TestIssuerKey(RSA.Create(2048)));

    public string Sign(JsonObject claims)
    {
        lock (key)
        {
            return TestKeys.Sign(
                new JsonObject { ["alg"] = "RS256", ["kid"] = Guid.NewGuid().ToString() }, claims, signed => key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    public void Dispose() => key.Dispose();
}
