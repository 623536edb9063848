using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Model.Configuration;

/// <summary>
/// A set hash over the entities of a configuration: the sum of one pseudo-random vector per entity, so that adding, replacing or removing an
/// entity costs the entity's size and not the configuration's, and the order does not matter.
/// </summary>
/// <remarks>
/// The construction is LtHash (Bellare and Micciancio 1997; Lewi, Kim, Maykov, Weis 2019) with 1,024 lanes of 16 bits, for which finding two sets with
/// the same sum is believed to cost at least 2^200. A lane vector is SHA-512 in counter mode over the entity's digest: no primitive that some platform lacks.
/// Part of the wire protocol and of the disk cache: a change of this definition is a change of protocol version.
/// Not safe for concurrent use.
/// </remarks>
public sealed class ConfigurationHash
{
    /// <summary>Bytes of the running sum.</summary>
    public const int StateSize = LaneCount * sizeof(ushort);

    /// <summary>Bytes of the digest.</summary>
    public const int DigestSize = SHA256.HashSizeInBytes;

    private const int LaneCount = 1024;
    private readonly ushort[] _lanes = new ushort[LaneCount];

    public void Add(EntityKey key, ReadOnlySpan<byte> canonical)
    {
        Span<byte> vector = stackalloc byte[StateSize];
        Expand(key, canonical, vector);
        var other = MemoryMarshal.Cast<byte, ushort>(vector);
        for (var i = 0; i < LaneCount; i += Vector<ushort>.Count)
        {
            (new Vector<ushort>(_lanes, i) + new Vector<ushort>(other[i..])).CopyTo(_lanes, i);
        }
    }

    /// <summary>Takes back an <see cref="Add"/> of the same bytes.</summary>
    public void Remove(EntityKey key, ReadOnlySpan<byte> canonical)
    {
        Span<byte> vector = stackalloc byte[StateSize];
        Expand(key, canonical, vector);
        var other = MemoryMarshal.Cast<byte, ushort>(vector);
        for (var i = 0; i < LaneCount; i += Vector<ushort>.Count)
        {
            (new Vector<ushort>(_lanes, i) - new Vector<ushort>(other[i..])).CopyTo(_lanes, i);
        }
    }

    public ConfigurationHash Clone()
    {
        var clone = new ConfigurationHash();
        _lanes.CopyTo(clone._lanes, 0);
        return clone;
    }

    /// <summary>SHA-256 of the sum, as 64 lower-case hexadecimal digits: what peers compare and what the Admin API shows.</summary>
    public string Digest()
    {
        Span<byte> state = stackalloc byte[StateSize];
        for (var i = 0; i < LaneCount; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(state[(i * sizeof(ushort))..], _lanes[i]);
        }

        Span<byte> digest = stackalloc byte[DigestSize];
        SHA256.HashData(state, digest);
        return Convert.ToHexStringLower(digest);
    }

    // element = SHA-512(len(kind) ‖ kind ‖ id ‖ canonical), lanes = SHA-512(element ‖ 0) ‖ SHA-512(element ‖ 1) ‖ …, little endian.
    private static void Expand(EntityKey key, ReadOnlySpan<byte> canonical, Span<byte> vector)
    {
        Span<byte> block = stackalloc byte[SHA512.HashSizeInBytes];
        using (var element = IncrementalHash.CreateHash(HashAlgorithmName.SHA512))
        {
            Span<byte> prefix = stackalloc byte[256 + sizeof(int) + 16];
            var kindLength = Encoding.UTF8.GetBytes(key.Kind, prefix[sizeof(int)..^16]);
            BinaryPrimitives.WriteInt32LittleEndian(prefix, kindLength);
            key.Id.TryWriteBytes(prefix[(sizeof(int) + kindLength)..], bigEndian: true, out _);
            element.AppendData(prefix[..(sizeof(int) + kindLength + 16)]);
            element.AppendData(canonical);
            element.GetHashAndReset(block);
        }

        CounterHash.Expand(block, vector);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(vector), MemoryMarshal.Cast<byte, ushort>(vector));
        }
    }
}
