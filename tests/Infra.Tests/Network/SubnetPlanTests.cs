using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Tests.Network;

public sealed class SubnetPlanTests
{
    [Fact]
    public void A_vpc_is_shared_between_three_zones()
    {
        var plan = SubnetPlan.For(CidrBlock.Parse("10.20.0.0/16", "cidr"));

        Assert.Equal(["10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18"], plan.Private.Select(block => block.ToString()));
        Assert.Equal(["10.20.192.0/21", "10.20.200.0/21", "10.20.208.0/21"], plan.Public.Select(block => block.ToString()));
        Assert.Equal(["10.20.216.0/21", "10.20.224.0/21", "10.20.232.0/21"], plan.Isolated.Select(block => block.ToString()));
    }

    [Theory]
    [InlineData("10.0.0.0/16")]
    [InlineData("172.16.0.0/18")]
    [InlineData("10.9.240.0/20")]
    public void Subnets_lie_in_the_vpc_apart_and_within_awss_sizes(string cidr)
    {
        var vpc = CidrBlock.Parse(cidr, "cidr");
        var plan = SubnetPlan.For(vpc);
        CidrBlock[] all = [.. plan.Public, .. plan.Private, .. plan.Isolated];

        Assert.Equal(9, all.Length);
        Assert.All(all, subnet => Assert.True(vpc.Contains(subnet)));
        Assert.All(all, subnet => Assert.InRange(subnet.PrefixLength, 16, 28));
        Assert.All(all, subnet => Assert.Single(all, other => other.Overlaps(subnet)));
    }

    [Theory]
    [InlineData("10.0.0.0/15")]
    [InlineData("10.0.0.0/21")]
    public void A_vpc_of_another_size_is_refused(string cidr)
    {
        var problem = Assert.Throws<InvalidArgumentsException>(() => SubnetPlan.For(CidrBlock.Parse(cidr, "cidr")));
        Assert.Equal("cidr", problem.Field);
    }
}
