using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Vpc;

namespace Hybrid.Infra.Network;

/// <summary>AWS's services inside the VPC, so that nodes and pods need no way to the internet for them; each endpoint is good for this account's principals alone.</summary>
public sealed class ServiceEndpoints : AreaComponent
{
    private readonly ServiceEndpointsArgs _args;

    public ServiceEndpoints(string name, ServiceEndpointsArgs args, ComponentResourceOptions options)
        : base("network:ServiceEndpoints", name, options)
    {
        _args = args;
        _ = new VpcEndpoint(ChildName("s3"), new VpcEndpointArgs
        {
            VpcId = args.VpcId,
            ServiceName = $"com.amazonaws.{args.Region}.s3",
            VpcEndpointType = "Gateway",
            RouteTableIds = [.. args.RouteTableIds.Select(table => (Input<string>)table)],
            Policy = PolicyDocument.Of([OwnPrincipals(), .. PublicBuckets()]),
            Tags = Named("s3"),
        }, Child());

        var group = AccessGroup();
        foreach (var service in args.Services)
        {
            var suffix = service.Replace('.', '-');
            _ = new VpcEndpoint(ChildName(suffix), new VpcEndpointArgs
            {
                VpcId = args.VpcId,
                ServiceName = $"com.amazonaws.{args.Region}.{service}",
                VpcEndpointType = "Interface",
                PrivateDnsEnabled = true,
                SubnetIds = args.SubnetIds,
                SecurityGroupIds = { group.Id },
                Policy = PolicyDocument.Of(OwnPrincipals()),
                Tags = Named(suffix),
            }, Child());
        }

        RegisterOutputs();
    }

    /// <summary>What someone carries in from elsewhere, such as another account's credentials, gets nothing through the endpoint.</summary>
    private Statement OwnPrincipals() => new()
    {
        Sid = "PrincipalsOfThisAccount",
        Actions = ["*"],
        Resources = ["*"],
        Principal = Statement.Anyone(),
        Conditions = [new("StringEquals", "aws:PrincipalAccount", _args.AccountId)],
    };

    /// <summary>
    /// Read with addresses that AWS has signed, or by nobody: the layers of ECR's images (ECR user guide, "Create the Amazon S3 gateway endpoint") and Amazon Linux's packages (AL2023 user guide).
    /// </summary>
    private ImmutableArray<Statement> PublicBuckets() =>
    [
        new()
        {
            Sid = "ImageLayersAndPackages",
            Actions = ["s3:GetObject"],
            Resources = [$"arn:aws:s3:::prod-{_args.Region}-starport-layer-bucket/*", $"arn:aws:s3:::al2023-repos-{_args.Region}-*/*"],
            Principal = Statement.Anyone(),
        },
    ];

    private SecurityGroup AccessGroup()
    {
        var group = new SecurityGroup(ChildName("access"), new SecurityGroupArgs
        {
            VpcId = _args.VpcId,
            Description = "AWS services inside the VPC",
            Tags = Named("access"),
        }, Child());
        _ = new SecurityGroupIngressRule(ChildName("https"), new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = group.Id,
            Description = "HTTPS from the VPC",
            IpProtocol = "tcp",
            FromPort = 443,
            ToPort = 443,
            CidrIpv4 = _args.Cidr,
        }, Child());
        return group;
    }

    private InputMap<string> Named(string suffix) => new() { ["Name"] = ChildName(suffix) };
}
