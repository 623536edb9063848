using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Tests.Identity;

public sealed class KeyPolicyTests
{
    [Theory]
    [InlineData("1.2.840.10045.3.1.7")]
    [InlineData("1.3.132.0.34")]
    [InlineData("1.3.132.0.35")]
    public void The_curves_of_NIST_are_taken(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        Assert.Null(KeyPolicy.ProblemOf(new PublicKey(key)));
    }

    [Theory]
    [InlineData(1024, false)]
    [InlineData(2048, true)]
    [InlineData(4608, false)]
    public void RSA_is_taken_from_2048_to_4096_bits(int size, bool taken)
    {
        using var key = RSA.Create(size);
        Assert.Equal(taken, KeyPolicy.ProblemOf(new PublicKey(key)) is null);
    }

    [Fact]
    public void Another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.StartsWith("its key is on another curve", KeyPolicy.ProblemOf(new PublicKey(key)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_with_SHA_1_is_refused()
    {
        using var key = RSA.Create(2048);

        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(new X500DistinguishedName("CN=x"), new Sha1Generator(key), now, now.AddDays(1), [1]);
        Assert.StartsWith("it is signed with sha1RSA", KeyPolicy.ProblemOf(certificate), StringComparison.Ordinal);
    }

    /// <summary>.NET itself signs no certificate so.</summary>
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        /// <summary>sha1WithRSAEncryption (RFC 3279, 2.2.1), in DER.</summary>
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
