using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.ControlPlane.Access.Tokens;

/// <summary>The text of a personal token: a prefix by which people and secret scanners know it, and 32 random bytes.</summary>
internal static class TokenSecret
{
    public const string Prefix = "gwa_";

    private const int Size = 32;
    private const int ShownLength = 8;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));

    /// <summary>What is kept of it: there is nothing to guess in 256 random bits, so no slow hash is needed.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Its beginning, by which its owner finds it in a list.</summary>
    public static string Shown(string token) => token[..(Prefix.Length + ShownLength)];
}
