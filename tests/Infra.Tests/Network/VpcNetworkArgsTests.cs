using System.Collections.Immutable;
using Hybrid.Infra.Network;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Tests.Network;

public sealed class VpcNetworkArgsTests
{
    private static readonly VpcNetworkArgs Valid = new()
    {
        AccountId = "111111111111",
        Region = "eu-central-1",
        Cidr = "10.20.0.0/16",
        AvailabilityZones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        LogsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/k",
        Sites = [Site("factory1", "10.120.0.0/16")],
    };

    [Fact]
    public void What_is_right_is_accepted() => Assert.Equal(3, Valid.Validate().Public.Length);

    [Fact]
    public void A_site_that_overlaps_the_vpc_is_refused() =>
        Refused(Valid with { Sites = [Site("factory1", "10.20.128.0/24")] }, "sites.factory1.cidrs", "the VPC");

    [Fact]
    public void Sites_that_overlap_each_other_are_refused() =>
        Refused(Valid with { Sites = [Site("factory1", "10.120.0.0/16"), Site("factory2", "10.120.4.0/24")] }, "sites.factory2.cidrs", "factory1");

    [Fact]
    public void Two_zones_are_too_few() => Refused(Valid with { AvailabilityZones = ["eu-central-1a", "eu-central-1b"] }, "availabilityZones", "3 different");

    [Fact]
    public void A_zone_that_appears_twice_is_refused() =>
        Refused(Valid with { AvailabilityZones = ["eu-central-1a", "eu-central-1a", "eu-central-1b"] }, "availabilityZones", "3 different");

    [Fact]
    public void A_zone_of_another_region_is_refused() =>
        Refused(Valid with { AvailabilityZones = ["eu-central-1a", "eu-central-1b", "eu-west-1c"] }, "availabilityZones", "eu-west-1c");

    [Fact]
    public void A_retention_that_cloudwatch_lacks_is_refused() => Refused(Valid with { FlowLogRetention = 42 }, "flowLogRetention", "365");

    [Fact]
    public void A_vpn_needs_an_ipv4_address() =>
        Refused(Valid with { Sites = [Site("factory1", "10.120.0.0/16") with { Vpn = new SiteVpnEnd { IpAddress = "vpn.example.com", BgpAsn = 65010 } }] }, "sites.factory1.vpn.ipAddress", "IPv4");

    [Theory]
    [InlineData(0)]
    [InlineData(4294967295)]
    public void A_bgp_number_out_of_range_is_refused(long asn) =>
        Refused(Valid with { Sites = [Site("factory1", "10.120.0.0/16") with { Vpn = new SiteVpnEnd { IpAddress = "203.0.113.1", BgpAsn = asn } }] }, "sites.factory1.vpn.bgpAsn", "1 to 4294967294");

    private static OnPremisesSite Site(string name, params ImmutableArray<string> cidrs) => new() { Name = name, Cidrs = cidrs };

    private static void Refused(VpcNetworkArgs args, string field, string named)
    {
        var problem = Assert.Throws<InvalidArgumentsException>(() => args.Validate());
        Assert.Equal(field, problem.Field);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }
}
