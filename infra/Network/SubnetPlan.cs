using System.Collections.Immutable;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Network;

/// <summary>
/// How a VPC's addresses are shared between three zones: three quarters for the private subnets, where pods take an address each, and the last quarter in
/// eighths: three public, three isolated, two in reserve.
/// </summary>
public sealed record SubnetPlan(ImmutableArray<CidrBlock> Public, ImmutableArray<CidrBlock> Private, ImmutableArray<CidrBlock> Isolated)
{
    public const int Zones = 3;

    /// <param name="vpc">/16 (AWS's largest VPC) to /20 (where a public subnet still holds a load balancer's 8 addresses with room to spare).</param>
    public static SubnetPlan For(CidrBlock vpc)
    {
        Check.That(vpc.PrefixLength is >= 16 and <= 20, "cidr", $"{vpc} does not suit three zones", "/16 to /20");
        var last = vpc.Part(vpc.PrefixLength + 2, 3);
        return new(
            [.. Enumerable.Range(0, Zones).Select(zone => last.Part(last.PrefixLength + 3, zone))],
            [.. Enumerable.Range(0, Zones).Select(zone => vpc.Part(vpc.PrefixLength + 2, zone))],
            [.. Enumerable.Range(Zones, Zones).Select(part => last.Part(last.PrefixLength + 3, part))]);
    }
}
