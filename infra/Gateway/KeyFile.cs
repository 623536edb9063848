using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hybrid.Infra.Validation;
using Pulumi;
using Pulumi.Tls;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// The gateway's key file, as <c>gateway keys init</c> writes it: 32 random bytes for each generation. They are kept in the stack's encrypted state, so that a
/// lost cluster does not lose what was sealed in the database.
/// </summary>
public sealed class KeyFile : AreaComponent
{
    private static readonly byte[] Purpose = "hybrid gateway key file"u8.ToArray();

    /// <param name="generations">Different numbers from 1; the last one seals, all of them open.</param>
    public KeyFile(string name, ImmutableArray<int> generations, bool protect, ComponentResourceOptions options)
        : base("gateway:KeyFile", name, options)
    {
        Check.That(
            !generations.IsDefaultOrEmpty && generations.Distinct().Count() == generations.Length && generations.All(generation => generation > 0),
            "generations",
            "none, one twice, or one below 1",
            "different numbers from 1");
        var keys = generations.Select(generation => new PrivateKey(
            ChildName($"{generation}"),
            new PrivateKeyArgs { Algorithm = "ED25519" },
            Stateful(protect))).ToArray();
        Content = Output.CreateSecret(Output.All(keys.Select(key => key.PrivateKeyPem)).Apply(pems => Write(generations, pems)));
        RegisterOutputs();
    }

    /// <summary>JSON; a secret.</summary>
    public Output<string> Content { get; }

    private static string Write(ImmutableArray<int> generations, ImmutableArray<string> pems)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("active", $"g{generations[^1]}");
            json.WriteStartObject("keys");
            for (var i = 0; i < pems.Length; i++)
            {
                // A private key's PEM holds 32 random bytes; what is derived from it is as good as random.
                var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(pems[i]), 32, info: Purpose);
                json.WriteBase64String($"g{generations[i]}", key);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
