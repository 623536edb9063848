using System.Buffers.Binary;
using System.Numerics;

namespace Gateway.DataPlane.Pipeline;

/// <summary>SipHash-2-4 with an output of 128 bits: a keyed pseudo-random function for short inputs (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).</summary>
internal static class SipHash
{
    /// <param name="key">The key's first and last eight bytes, little-endian.</param>
    public static (ulong Low, ulong High) Compute((ulong First, ulong Second) key, ReadOnlySpan<byte> input)
    {
        var v0 = key.First ^ 0x736f6d6570736575;
        var v1 = key.Second ^ 0x646f72616e646f6d ^ 0xee;
        var v2 = key.First ^ 0x6c7967656e657261;
        var v3 = key.Second ^ 0x7465646279746573;
        var last = (ulong)input.Length << 56;
        while (input.Length >= sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(input);
            v3 ^= word;
            Rounds(2, ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            input = input[sizeof(ulong)..];
        }

        for (var i = 0; i < input.Length; i++)
        {
            last |= (ulong)input[i] << (8 * i);
        }

        v3 ^= last;
        Rounds(2, ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xee;
        Rounds(4, ref v0, ref v1, ref v2, ref v3);
        var low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        Rounds(4, ref v0, ref v1, ref v2, ref v3);
        return (low, v0 ^ v1 ^ v2 ^ v3);
    }

    private static void Rounds(int count, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        var (a, b, c, d) = (v0, v1, v2, v3);
        for (var i = 0; i < count; i++)
        {
            a += b;
            c += d;
            b = BitOperations.RotateLeft(b, 13) ^ a;
            d = BitOperations.RotateLeft(d, 16) ^ c;
            a = BitOperations.RotateLeft(a, 32);
            c += b;
            a += d;
            b = BitOperations.RotateLeft(b, 17) ^ c;
            d = BitOperations.RotateLeft(d, 21) ^ a;
            c = BitOperations.RotateLeft(c, 32);
        }

        (v0, v1, v2, v3) = (a, b, c, d);
    }
}
