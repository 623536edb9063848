using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Gateway.Model.Patterns;

namespace Gateway.Plugins.IpRestriction;

/// <summary>A set of addresses and blocks: whether one is in it costs the logarithm of the set's size.</summary>
internal sealed class AddressSet
{
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;

    private readonly RangeSet<uint> _ipv4;
    private readonly RangeSet<UInt128> _ipv6;

    /// <param name="ranges">Valid: the schema has checked them.</param>
    public AddressSet(IEnumerable<string> ranges)
    {
        var ipv4 = new List<(uint First, uint Last)>();
        var ipv6 = new List<(UInt128 First, UInt128 Last)>();
        foreach (var text in ranges)
        {
            if (!AddressRange.TryParse(text, out var range))
            {
                throw new ArgumentException($"'{text}' is no address or block.", nameof(ranges));
            }

            if (range.Address.AddressFamily is AddressFamily.InterNetwork)
            {
                var rest = range.Prefix == 0 ? uint.MaxValue : ~(uint.MaxValue << (32 - range.Prefix));
                var first = Ipv4(range.Address) & ~rest;
                ipv4.Add((first, first | rest));
            }
            else
            {
                var rest = range.Prefix == 0 ? UInt128.MaxValue : ~(UInt128.MaxValue << (128 - range.Prefix));
                var first = Ipv6(range.Address) & ~rest;
                ipv6.Add((first, first | rest));
            }
        }

        _ipv4 = new RangeSet<uint>(ipv4);
        _ipv6 = new RangeSet<UInt128>(ipv6);
    }

    public bool Contains(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return _ipv4.Contains(Ipv4(address));
        }

        return address.IsIPv4MappedToIPv6 ? _ipv4.Contains((uint)Ipv6(address)) : _ipv6.Contains(Ipv6(address));
    }

    private static uint Ipv4(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Ipv4Length];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static UInt128 Ipv6(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Ipv6Length];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
