using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Network;

/// <summary>A range of IPv4 addresses, such as 10.20.0.0/16; its host bits are zero.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CidrBlock : IParsable<CidrBlock>
{
    private CidrBlock(uint address, int prefixLength) => (Address, PrefixLength) = (address, prefixLength);

    public uint Address { get; }

    public int PrefixLength { get; }

    private uint Last => Address | ~Mask(PrefixLength);

    /// <exception cref="InvalidArgumentsException">Not a range, or its host bits are set.</exception>
    public static CidrBlock Parse(string text, string field) => TryParse(text, provider: null, out var block)
        ? block
        : throw new InvalidArgumentsException(field, $"'{text}' is not an IPv4 range", "such as 10.20.0.0/16, host bits zero");

    public static CidrBlock Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var block) ? block : throw new FormatException($"'{s}' is not an IPv4 range");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CidrBlock result)
    {
        result = default;
        if (s?.Split('/') is not [var address, var prefix]
            || address.Count('.') != 3
            || !IPAddress.TryParse(address, out var ip)
            || ip.AddressFamily != AddressFamily.InterNetwork
            || !int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > 32)
        {
            return false;
        }

        var bits = BinaryPrimitives.ReadUInt32BigEndian(ip.GetAddressBytes());
        result = new CidrBlock(bits, length);
        return (bits & Mask(length)) == bits && string.Equals(result.ToString(), s, StringComparison.Ordinal);
    }

    public bool Overlaps(CidrBlock other) => Address <= other.Last && other.Address <= Last;

    public bool Contains(CidrBlock other) => Address <= other.Address && other.Last <= Last;

    /// <summary>The part number <paramref name="index"/> when this range is cut into parts of the given prefix length.</summary>
    public CidrBlock Part(int prefixLength, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefixLength, PrefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 32);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((long)index, 1L << (prefixLength - PrefixLength), nameof(index));
        return new CidrBlock(Address + (uint)((long)index << (32 - prefixLength)), prefixLength);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Address);
        return $"{new IPAddress(bytes)}/{PrefixLength}";
    }

    // A shift by 32 would be a shift by 0.
    private static uint Mask(int prefixLength) => prefixLength is 0 ? 0 : uint.MaxValue << (32 - prefixLength);
}
