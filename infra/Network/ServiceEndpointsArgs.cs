using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Infra.Network;

public sealed record ServiceEndpointsArgs
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required Input<string> VpcId { get; init; }

    public required string Cidr { get; init; }

    public required InputList<string> SubnetIds { get; init; }

    /// <summary>The tables whose subnets reach S3 without leaving the VPC.</summary>
    public required ImmutableArray<Output<string>> RouteTableIds { get; init; }

    /// <summary>Services with an interface endpoint, such as <c>ecr.api</c>.</summary>
    public required ImmutableArray<string> Services { get; init; }
}
