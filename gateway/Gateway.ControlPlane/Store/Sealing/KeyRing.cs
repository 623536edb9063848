using System.Collections.Frozen;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>The keys that the store's secrets are encrypted under: one that seals, all that open. Immutable; never logged.</summary>
internal sealed class KeyRing
{
    /// <summary>Bytes of a key: AES-256.</summary>
    public const int KeySize = 32;

    private readonly FrozenDictionary<string, byte[]> _keys;

    public KeyRing(string activeId, IReadOnlyDictionary<string, byte[]> keys)
    {
        ActiveId = activeId;
        _keys = keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public string ActiveId { get; }

    /// <summary>Sorted.</summary>
    public IReadOnlyList<string> Ids => [.. _keys.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Null where the ring has no such key.</summary>
    public byte[]? Find(string id) => _keys.GetValueOrDefault(id);

    public override string ToString() => $"KeyRing({string.Join(", ", Ids)}; active {ActiveId})";
}
