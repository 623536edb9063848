using System.Security.Cryptography;
using System.Text;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>Turns an API key into what is stored, compared and published in its place: HMAC-SHA-256 under the credential hash key.</summary>
internal sealed class CredentialHasher
{
    private byte[]? _key;

    /// <summary>Set once the store is open.</summary>
    public void Use(byte[] key) => Volatile.Write(ref _key, key);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hash(string apiKey)
    {
        var key = Volatile.Read(ref _key) ?? throw new InvalidOperationException("the store is not open yet");
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(apiKey)));
    }
}
