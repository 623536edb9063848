using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Network;

public sealed record VpcNetworkArgs
{
    /// <summary>Whose VPC it is: the flow logs' role is for it alone.</summary>
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>The VPC's addresses, /16 to /20.</summary>
    public required string Cidr { get; init; }

    /// <summary>Three zones of the region, named here so that a zone AWS adds later moves nothing.</summary>
    public required ImmutableArray<string> AvailabilityZones { get; init; }

    public NatMode Nat { get; init; } = NatMode.PerZone;

    /// <summary>The places whose addresses must stay apart from the VPC's.</summary>
    public ImmutableArray<OnPremisesSite> Sites { get; init; } = [];

    /// <summary>The AWS services that are reached without the internet.</summary>
    public ImmutableArray<string> InterfaceEndpoints { get; init; } = DefaultInterfaceEndpoints;

    public required Input<string> LogsKeyArn { get; init; }

    /// <summary>Days.</summary>
    public int FlowLogRetention { get; init; } = 365;

    public bool Protect { get; init; } = true;

    /// <summary>What nodes, add-ons and pods need to start, pull, authenticate, log and be balanced.</summary>
    public static readonly ImmutableArray<string> DefaultInterfaceEndpoints =
        ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "kms", "logs", "monitoring", "secretsmanager", "sts"];

    internal SubnetPlan Validate()
    {
        Check.AccountId(AccountId, "accountId");
        var vpc = CidrBlock.Parse(Cidr, "cidr");
        var plan = SubnetPlan.For(vpc);
        Check.That(
            AvailabilityZones.Length == SubnetPlan.Zones && AvailabilityZones.Distinct(StringComparer.Ordinal).Count() == SubnetPlan.Zones,
            "availabilityZones",
            $"{AvailabilityZones.Length} were given",
            $"{SubnetPlan.Zones} different zones");
        foreach (var zone in AvailabilityZones)
        {
            Check.That(
                zone.Length == Region.Length + 1 && zone.StartsWith(Region, StringComparison.Ordinal),
                "availabilityZones",
                $"'{zone}' is not a zone of {Region}",
                $"{Region}a, {Region}b, …");
        }

        Check.LogRetention(FlowLogRetention, "flowLogRetention");
        CheckSites(vpc);
        return plan;
    }

    private void CheckSites(CidrBlock vpc)
    {
        var taken = new List<(string Owner, CidrBlock Block)> { ("the VPC", vpc) };
        foreach (var site in Sites)
        {
            Check.Slug(site.Name, 20, "sites.name");
            Check.That(!site.Cidrs.IsDefaultOrEmpty, $"sites.{site.Name}.cidrs", "none was given", "at least one range");
            foreach (var text in site.Cidrs)
            {
                var block = CidrBlock.Parse(text, $"sites.{site.Name}.cidrs");
                foreach (var (owner, other) in taken)
                {
                    Check.That(
                        !block.Overlaps(other),
                        $"sites.{site.Name}.cidrs",
                        $"{block} overlaps {other} of {owner}",
                        "ranges apart from the VPC's and from one another");
                }

                taken.Add((site.Name, block));
            }

            if (site.Vpn is { } vpn)
            {
                Check.That(
                    IPAddress.TryParse(vpn.IpAddress, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork,
                    $"sites.{site.Name}.vpn.ipAddress",
                    $"'{vpn.IpAddress}' is not an IPv4 address",
                    "the public address of the site's device");
                Check.InRange(vpn.BgpAsn, 1, 4294967294, $"sites.{site.Name}.vpn.bgpAsn");
            }
        }
    }
}
