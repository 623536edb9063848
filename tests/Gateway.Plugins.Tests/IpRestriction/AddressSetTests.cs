using System.Net;
using Gateway.Model.Patterns;
using Gateway.Plugins.IpRestriction;

namespace Gateway.Plugins.Tests.IpRestriction;

public sealed class AddressSetTests
{
    private static readonly AddressSet Set = new(
        ["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8", "192.168.1.7", "192.168.2.130/25", "255.255.255.255", "2001:db8::/32", "::1", "fe80::1/128", "ffff::/16"]);

    [Theory]
    [InlineData("10.0.0.0", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("11.255.255.255", true)]
    [InlineData("12.0.0.0", false)]
    [InlineData("9.255.255.255", false)]
    [InlineData("192.168.1.7", true)]
    [InlineData("192.168.1.8", false)]
    [InlineData("192.168.2.127", false)]
    [InlineData("192.168.2.128", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::ffff:10.2.3.4", true)]
    [InlineData("::ffff:12.2.3.4", false)]
    [InlineData("2001:db8:ffff::1", true)]
    [InlineData("2001:db9::", false)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    public void An_address_is_in_a_block_or_not(string address, bool expected) => Assert.Equal(expected, Set.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Random_blocks_hold_what_a_scan_of_the_list_finds()
    {
        var random = new Random(7);
        var blocks = Enumerable.Range(0, 500).Select(_ => $"{random.Next(4)}.{random.Next(4)}.{random.Next(256)}.{random.Next(256)}/{random.Next(12, 33)}").ToList();
        var set = new AddressSet(blocks);
        var parsed = blocks.Select(block =>
        {
            Assert.True(AddressRange.TryParse(block, out var range));
            var mask = uint.MaxValue << (32 - range.Prefix);
            return (Mask: mask, Network: Number(range.Address) & mask);
        }).ToList();

        for (var i = 0; i < 5000; i++)
        {
            var address = new IPAddress([(byte)random.Next(5), (byte)random.Next(5), (byte)random.Next(256), (byte)random.Next(256)]);
            Assert.Equal(parsed.Any(block => (Number(address) & block.Mask) == block.Network), set.Contains(address));
        }
    }

    [Fact]
    public void All_addresses_of_one_family_are_none_of_the_other()
    {
        Assert.True(new AddressSet(["0.0.0.0/0"]).Contains(IPAddress.Parse("203.0.113.9")));
        Assert.False(new AddressSet(["0.0.0.0/0"]).Contains(IPAddress.IPv6Loopback));
        Assert.True(new AddressSet(["::/0"]).Contains(IPAddress.IPv6Loopback));
        Assert.False(new AddressSet(["::/0"]).Contains(IPAddress.Loopback));
    }

    [Fact]
    public void Neighbours_and_parts_are_merged() =>
        Assert.Equal(1, new RangeSet<uint>([(10, 20), (15, 17), (21, 30), (0, 9)]).Count);

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0/8")]
    [InlineData("10")]
    [InlineData("010.0.0.1")]
    [InlineData("::1/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("example.org")]
    public void What_is_no_address_or_block_is_refused(string text) => Assert.False(AddressRange.TryParse(text, out _));

    private static uint Number(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
