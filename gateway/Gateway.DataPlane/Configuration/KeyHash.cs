using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.DataPlane.Configuration;

/// <summary>A keyed hash of a credential, as a value that a map can hold without allocation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int Size = HMACSHA256.HashSizeInBytes;

    public static KeyHash Of(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(hash),
        BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse(string? hex, out KeyHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (hex is not { Length: Size * 2 }
            || Convert.FromHexString(hex, bytes, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != Size)
        {
            hash = default;
            return false;
        }

        hash = Of(bytes);
        return true;
    }

    /// <summary>Of a key that a client presents.</summary>
    public static KeyHash Compute(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[Size];
        HMACSHA256.HashData(secret, key, hash);
        return Of(hash);
    }
}
