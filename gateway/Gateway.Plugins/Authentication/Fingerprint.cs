using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Plugins.Authentication;

/// <summary>SHA-256 of something that was presented, as a key for caches that are not to keep the thing itself.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Fingerprint(ulong A, ulong B, ulong C, ulong D)
{
    public static Fingerprint Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(hash),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]));
    }

    public static Fingerprint Of(string text) => Of(MemoryMarshal.AsBytes(text.AsSpan()));
}
