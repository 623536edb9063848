using System.Collections.Immutable;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Finds a key's credential by its keyed hash: the data plane knows no keys.</summary>
internal sealed record KeyAuthIndex
{
    public static readonly KeyAuthIndex Empty = new();

    // An array is enumerated without an enumerator.
    private readonly KeySecret[] _secrets = [];

    public ImmutableDictionary<Guid, KeyAuthCredential> Credentials { get; init; } = ImmutableDictionary<Guid, KeyAuthCredential>.Empty;

    public ImmutableDictionary<KeyHash, Guid> ByHash { get; init; } = ImmutableDictionary<KeyHash, Guid>.Empty;

    /// <summary>One; two for as long as the control plane replaces it.</summary>
    public ImmutableDictionary<Guid, KeySecret> Secrets
    {
        get;
        init
        {
            field = value;
            _secrets = [.. value.Values];
        }
    }

    = ImmutableDictionary<Guid, KeySecret>.Empty;

    public KeyAuthCredential? Find(string key, DateTimeOffset now)
    {
        if (ByHash.IsEmpty)
        {
            return null;
        }

        var fingerprint = Fingerprint.Of(key);
        foreach (var secret in _secrets)
        {
            var isKnown = secret.TryRecall(fingerprint, out var hash);
            if (!isKnown)
            {
                hash = secret.Hash(key);
            }

            if (!ByHash.TryGetValue(hash, out var id))
            {
                continue;
            }

            if (!isKnown)
            {
                secret.Remember(fingerprint, hash);
            }

            var credential = Credentials[id];
            return IsExpired(credential, now) ? null : credential;
        }

        return null;
    }

    private static bool IsExpired(KeyAuthCredential credential, DateTimeOffset now) =>
        credential.Ttl is > 0 and var ttl && credential.CreatedAt + ttl <= now.ToUnixTimeSeconds();
}
