using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Finds a key's credential by its keyed hash: the data plane knows no keys.</summary>
internal sealed record KeyAuthIndex
{
    public static readonly KeyAuthIndex Empty = new();

    private const int MaxStackKey = 512;

    public ImmutableDictionary<Guid, KeyAuthCredential> Credentials { get; init; } = ImmutableDictionary<Guid, KeyAuthCredential>.Empty;

    public ImmutableDictionary<KeyHash, Guid> ByHash { get; init; } = ImmutableDictionary<KeyHash, Guid>.Empty;

    /// <summary>One; two for as long as the control plane replaces it.</summary>
    public ImmutableDictionary<Guid, byte[]> Secrets { get; init; } = ImmutableDictionary<Guid, byte[]>.Empty;

    public KeyAuthCredential? Find(string key, DateTimeOffset now)
    {
        if (ByHash.IsEmpty)
        {
            return null;
        }

        var size = Encoding.UTF8.GetMaxByteCount(key.Length);
        var rented = size > MaxStackKey ? ArrayPool<byte>.Shared.Rent(size) : null;
        try
        {
            var buffer = rented ?? stackalloc byte[MaxStackKey];
            var bytes = buffer[..Encoding.UTF8.GetBytes(key, buffer)];
            foreach (var (_, secret) in Secrets)
            {
                if (ByHash.TryGetValue(KeyHash.Compute(secret, bytes), out var id))
                {
                    var credential = Credentials[id];
                    return IsExpired(credential, now) ? null : credential;
                }
            }

            return null;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    private static bool IsExpired(KeyAuthCredential credential, DateTimeOffset now) =>
        credential.Ttl is > 0 and var ttl && credential.CreatedAt + ttl <= now.ToUnixTimeSeconds();
}
