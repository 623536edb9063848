using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Configuration;

/// <summary>A secret under which keys are hashed. It remembers the hashes of keys that were found of late, by fingerprints and not by the keys: their HMAC costs more than all else that finding them does.</summary>
internal sealed class KeySecret(byte[] secret)
{
    /// <summary>At most twice as many, of about 100 bytes.</summary>
    private const int RememberedHashes = 16 * 1024;

    private const int MaxStackKey = 512;

    private readonly BoundedCache<Fingerprint, KeyHash> _recent = new(RememberedHashes);

    public bool TryRecall(Fingerprint key, [MaybeNullWhen(false)] out KeyHash hash) => _recent.TryGet(key, out hash);

    /// <summary>Only for keys that exist: others, of which a caller can send any number, would drive these out.</summary>
    public void Remember(Fingerprint key, KeyHash hash) => _recent.Set(key, hash);

    public KeyHash Hash(string key)
    {
        var size = Encoding.UTF8.GetMaxByteCount(key.Length);
        var rented = size > MaxStackKey ? ArrayPool<byte>.Shared.Rent(size) : null;
        try
        {
            var buffer = rented ?? stackalloc byte[MaxStackKey];
            return KeyHash.Compute(secret, buffer[..Encoding.UTF8.GetBytes(key, buffer)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }
}
