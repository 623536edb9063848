using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// Stands for something that was presented, in caches of this process that are not to keep the thing itself: 128 bits of SipHash under a key that only this process knows. Whoever does
/// not know the key finds no two texts with one fingerprint, and no text from its fingerprint. A tenth of the cost of SHA-256 for what is presented on every request.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Fingerprint
{
    private static readonly (ulong First, ulong Second) ProcessKey = (Random(), Random());

    private readonly ulong _low;
    private readonly ulong _high;

    private Fingerprint((ulong Low, ulong High) hash) => (_low, _high) = hash;

    public static Fingerprint Of(ReadOnlySpan<byte> bytes) => new(SipHash.Compute(ProcessKey, bytes));

    public static Fingerprint Of(ReadOnlySpan<char> text) => Of(MemoryMarshal.AsBytes(text));

    private static ulong Random() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
