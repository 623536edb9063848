using System.Security.Cryptography;
using System.Text;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>
/// Authenticated encryption of what is secret: AES-256-GCM with a random nonce per message, which is safe for 2^32 messages under one key. What a ciphertext belongs to is
/// its associated data, so that one that is moved to another row or field does not open.
/// </summary>
/// <remarks>Layout: format 1 · length of key id · key id · nonce (12) · tag (16) · ciphertext.</remarks>
internal sealed class Sealer(KeyRing ring)
{
    private const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>How everything begins that is sealed under this key.</summary>
    public static byte[] PrefixOf(string keyId) => [Format, (byte)keyId.Length, .. Encoding.ASCII.GetBytes(keyId)];

    public byte[] Seal(ReadOnlySpan<byte> plaintext, string belongsTo)
    {
        var keyId = Encoding.ASCII.GetBytes(ring.ActiveId);
        var sealedBytes = new byte[2 + keyId.Length + NonceSize + TagSize + plaintext.Length];
        sealedBytes[0] = Format;
        sealedBytes[1] = (byte)keyId.Length;
        keyId.CopyTo(sealedBytes, 2);
        var rest = sealedBytes.AsSpan(2 + keyId.Length);
        RandomNumberGenerator.Fill(rest[..NonceSize]);
        using var aes = new AesGcm(ring.Find(ring.ActiveId)!, TagSize);
        aes.Encrypt(rest[..NonceSize], plaintext, rest[(NonceSize + TagSize)..], rest.Slice(NonceSize, TagSize), Encoding.UTF8.GetBytes(belongsTo));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Not sealed by this class, for another place, under a key that the ring lacks, or tampered with.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string belongsTo)
    {
        if (sealedBytes.Length < 2 || sealedBytes[0] != Format || sealedBytes.Length < 2 + sealedBytes[1] + NonceSize + TagSize)
        {
            throw new CryptographicException($"{belongsTo}: not a sealed value");
        }

        var keyId = Encoding.ASCII.GetString(sealedBytes.Slice(2, sealedBytes[1]));
        var key = ring.Find(keyId) ?? throw new CryptographicException($"{belongsTo}: sealed under key {keyId}, which the key ring lacks");
        var rest = sealedBytes[(2 + keyId.Length)..];
        var plaintext = new byte[rest.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(rest[..NonceSize], rest[(NonceSize + TagSize)..], rest.Slice(NonceSize, TagSize), plaintext, Encoding.UTF8.GetBytes(belongsTo));
        return plaintext;
    }
}
