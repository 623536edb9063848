using System.Security.Cryptography;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>A document of the change log: a byte that says whether it is sealed, and the canonical bytes or their ciphertext.</summary>
internal static class SealedDocument
{
    private const byte Plain = 0;
    private const byte Sealed = 1;

    public static bool IsSealed(ReadOnlySpan<byte> document) => document is [Sealed, ..];

    /// <summary>How every document begins that is sealed under this key.</summary>
    public static byte[] PrefixOf(string keyId) => [Sealed, .. Sealer.PrefixOf(keyId)];

    /// <summary>How every document begins that is sealed.</summary>
    public static byte[] PrefixOfSealed() => [Sealed];

    public static byte[] Write(ReadOnlySpan<byte> canonical, bool hasSecrets, string belongsTo, Sealer sealer)
    {
        ReadOnlySpan<byte> body = hasSecrets ? sealer.Seal(canonical, belongsTo) : canonical;
        var document = new byte[1 + body.Length];
        document[0] = hasSecrets ? Sealed : Plain;
        body.CopyTo(document.AsSpan(1));
        return document;
    }

    /// <exception cref="CryptographicException">As <see cref="Sealer.Open"/>.</exception>
    public static ReadOnlyMemory<byte> Read(byte[] document, string belongsTo, Sealer sealer) => document switch
    {
        [Plain, ..] => document.AsMemory(1),
        [Sealed, ..] => sealer.Open(document.AsSpan(1), belongsTo),
        _ => throw new CryptographicException($"{belongsTo}: not a document of the change log"),
    };
}
