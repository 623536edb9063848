using CsCheck;
using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Tests.Network;

public sealed class CidrBlockTests
{
    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    [InlineData("192.168.17.4/30")]
    [InlineData("255.255.255.255/32")]
    public void A_range_is_read_and_written_the_same(string text) => Assert.Equal(text, CidrBlock.Parse(text, "cidr").ToString());

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0/8")]
    [InlineData("10.0.0.0/08")]
    [InlineData("010.0.0.0/8")]
    [InlineData("fd00::/8")]
    [InlineData("")]
    public void What_is_no_range_is_refused_by_the_fields_name(string text)
    {
        var problem = Assert.Throws<InvalidArgumentsException>(() => CidrBlock.Parse(text, "network.cidr"));
        Assert.Equal("network.cidr", problem.Field);
        Assert.Contains("allowed:", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.128.0/17", true)]
    [InlineData("10.0.0.0/16", "10.1.0.0/16", false)]
    [InlineData("10.0.0.0/16", "10.0.0.0/16", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9/32", true)]
    [InlineData("10.0.0.0/17", "10.0.128.0/17", false)]
    public void Ranges_overlap_when_they_share_an_address(string one, string other, bool overlap)
    {
        var (left, right) = (CidrBlock.Parse(one, "one"), CidrBlock.Parse(other, "other"));
        Assert.Equal(overlap, left.Overlaps(right));
        Assert.Equal(overlap, right.Overlaps(left));
    }

    [Fact]
    public void The_parts_of_a_range_lie_in_it_and_apart() => Gen.Select(Gen.Int[0, 24], Gen.Int[1, 8], Gen.UInt).Sample((length, bits, address) =>
    {
        var mask = length is 0 ? 0 : uint.MaxValue << (32 - length);
        var block = CidrBlock.Parse($"{Dotted(address & mask)}/{length}", "cidr");
        var parts = Enumerable.Range(0, 1 << bits).Select(index => block.Part(length + bits, index)).ToArray();
        Assert.All(parts, part => Assert.True(block.Contains(part)));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.False(pair.First.Overlaps(pair.Second)));
        Assert.Equal(block.Address, parts[0].Address);
    });

    [Fact]
    public void A_part_beyond_the_last_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CidrBlock.Parse("10.0.0.0/16", "cidr").Part(18, 4));

    private static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}
