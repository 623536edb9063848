using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pulumi;
using Pulumi.Tls;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// The first administrator's token for the Admin API: 32 random bytes in the stack's encrypted state. To have another, replace its key (<c>pulumi up --replace</c>): pods take the new token without
/// a restart.
/// </summary>
public sealed class AdminToken : AreaComponent
{
    private static readonly byte[] Purpose = "hybrid gateway admin token"u8.ToArray();

    public AdminToken(string name, ComponentResourceOptions options)
        : base("gateway:AdminToken", name, options)
    {
        var key = new PrivateKey(ChildName("key"), new PrivateKeyArgs { Algorithm = "ED25519" }, Child());
        // A private key's PEM holds 32 random bytes; what is derived from it is as good as random.
        Value = Output.CreateSecret(key.PrivateKeyPem.Apply(pem =>
            Base64Url.EncodeToString(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(pem), 32, info: Purpose))));
        RegisterOutputs();
    }

    /// <summary>A secret.</summary>
    public Output<string> Value { get; }
}
